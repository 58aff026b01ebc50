/// The statements that a server is asked: each one a SELECT that returns one row with one JSON value.
///
/// Whole rows of views are taken as JSON, so that a column that a version lacks is a missing key and no error.
package enum ServerQuestions {
  /// What every role may read; details of other sessions need `pg_monitor`.
  package static let facts = """
    SELECT json_build_object(
      'in_recovery', pg_is_in_recovery(),
      'version', current_setting('server_version'),
      'position', CASE WHEN pg_is_in_recovery()
        THEN GREATEST(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn()) ELSE pg_current_wal_lsn() END,
      'replayed', pg_last_wal_replay_lsn(),
      'replay_paused', CASE WHEN pg_is_in_recovery() THEN pg_is_wal_replay_paused() END,
      'wal_file', CASE WHEN NOT pg_is_in_recovery() THEN pg_walfile_name(pg_current_wal_lsn()) END,
      'receiver', (SELECT to_json(r) FROM pg_stat_wal_receiver AS r LIMIT 1),
      'standbys', (SELECT json_agg(json_build_object(
          'application_name', s.application_name, 'state', s.state, 'sync_state', s.sync_state,
          'lag', CASE WHEN NOT pg_is_in_recovery() THEN pg_wal_lsn_diff(pg_current_wal_lsn(), s.replay_lsn)::bigint END
        )) FROM (SELECT * FROM pg_stat_replication LIMIT 500) AS s),
      'slots', (SELECT json_agg(to_json(l)) FROM (SELECT * FROM pg_replication_slots LIMIT 500) AS l),
      'last_archived', (SELECT (extract(epoch FROM a.last_archived_time) * 1000)::bigint FROM pg_stat_archiver AS a),
      'last_failed', (SELECT (extract(epoch FROM a.last_failed_time) * 1000)::bigint FROM pg_stat_archiver AS a),
      'sessions', CASE WHEN pg_has_role('pg_read_all_stats', 'USAGE')
        THEN (SELECT count(*) FROM pg_stat_activity AS b WHERE b.backend_type = 'client backend') END,
      'settings', (SELECT json_agg(json_build_object('name', name, 'value', current_setting(name)))
        FROM pg_settings WHERE name IN (\(settings)))
    )
    """

  /// What `pg_monitor` may read besides: a standby's timeline is that of the newest WAL in its directory, since control
  /// data tells that of the last restart point only.
  package static let controlData = """
    SELECT json_build_object(
      'system_identifier', (SELECT system_identifier::text FROM pg_control_system()),
      'checkpoint_timeline', (SELECT timeline_id FROM pg_control_checkpoint()),
      'recovery_timeline', (SELECT min_recovery_end_timeline FROM pg_control_recovery()),
      'newest_wal_file', (SELECT max(name) FROM pg_ls_waldir() WHERE name ~ '^[0-9A-F]{24}$')
    )
    """

  /// Milliseconds since 1970 by the server's clock.
  package static let clock = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint"

  /// What the session is set to from its first moment on: nothing can be written, no question goes on for long, and no
  /// name is found outside the system's own.
  ///
  /// - Parameter milliseconds: how long a statement may run.
  /// - Returns: the settings' names and values.
  package static func session(milliseconds: Int) -> [(name: String, value: String)] {
    [
      ("default_transaction_read_only", "on"), ("statement_timeout", String(milliseconds)),
      ("lock_timeout", String(milliseconds)), ("search_path", "pg_catalog"),
    ]
  }

  private static let settings = [
    "wal_keep_size", "max_slot_wal_keep_size", "max_connections", "max_prepared_transactions",
    "max_locks_per_transaction", "max_wal_senders", "max_worker_processes", "wal_log_hints", "data_checksums",
    "archive_mode", "synchronous_standby_names", "cluster_name",
  ].map { "'\($0)'" }.joined(separator: ", ")
}
