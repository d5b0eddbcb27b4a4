#ifndef CUTF8PROC_H
#define CUTF8PROC_H

#include <stdint.h>
#include <utf8proc.h>

/// The columns that utf8proc gives `scalar`: 1 or 2, 0 where it joins the scalar before it, and -1
/// where nothing may be drawn: controls, formats, unassigned, private and separators of lines.
static inline int32_t scalar_columns(uint32_t scalar) {
  switch (utf8proc_category((utf8proc_int32_t)scalar)) {
  case UTF8PROC_CATEGORY_CC:
  case UTF8PROC_CATEGORY_CF:
  case UTF8PROC_CATEGORY_CS:
  case UTF8PROC_CATEGORY_CO:
  case UTF8PROC_CATEGORY_CN:
  case UTF8PROC_CATEGORY_ZL:
  case UTF8PROC_CATEGORY_ZP:
    return -1;
  default:
    return utf8proc_charwidth((utf8proc_int32_t)scalar);
  }
}

#endif
