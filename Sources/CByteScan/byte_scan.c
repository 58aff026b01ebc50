#include "byte_scan.h"
#include "line_opening.h"
