import struct
import unittest

from failscope_lab import names


def query(name, kind):
    labels = b"".join(bytes([len(part)]) + part.encode() for part in name.split("."))
    return struct.pack(">HHHHHH", 0x1234, 0x0100, 1, 0, 0, 0) + labels + b"\0" + struct.pack(">HH", kind, 1)


class Names(unittest.TestCase):
    def test_a_question_is_read(self):
        self.assertEqual(names.parse_question(query("db-a", names.TYPE_A))[:2], ("db-a", names.TYPE_A))

    def test_a_cut_question_is_no_question(self):
        self.assertEqual(names.parse_question(query("db-a", names.TYPE_A)[:14]), (None, None, None))

    def test_an_answer_carries_the_address(self):
        question = names.parse_question(query("db-a", names.TYPE_A))[2]
        answer = names.build_answer(query("db-a", names.TYPE_A), question, names.NO_ERROR, "10.1.2.3")
        self.assertEqual(answer[6:8], b"\0\1")
        self.assertEqual(answer[-4:], bytes([10, 1, 2, 3]))

    def test_a_name_that_is_not_there_has_no_record(self):
        question = names.parse_question(query("gone", names.TYPE_A))[2]
        answer = names.build_answer(query("gone", names.TYPE_A), question, names.NO_SUCH_NAME, None)
        self.assertEqual(answer[3] & 0xF, names.NO_SUCH_NAME)
        self.assertEqual(answer[6:8], b"\0\0")
