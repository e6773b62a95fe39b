"""The few calls of PDFium that reading needs, with plain numbers for pointers.

PyPDFium2's own prototypes build a pointer object for each answer; a page asks thousands of times,
so the calls are declared anew with untyped pointers, which is about three times as fast.
PDFium may be called from one thread at a time only: everything here runs under `LOCK`.
"""

from __future__ import annotations

import ctypes as c
import threading
from collections.abc import Callable
from typing import Any

import pypdfium2  # noqa: F401 -- starts the library and ends it with the process
import pypdfium2_raw.bindings as bindings  # type: ignore[import-untyped]

LOCK = threading.RLock()
PATH, TEXT, IMAGE, FORM = 2, 1, 3, 5
"""Kinds of page object (fpdf_edit.h)."""
PASSWORD = 4
"""FPDF_ERR_PASSWORD."""

_dll: Any = bindings._libs["pdfium"]
_POINTER, _INT, _FLOAT, _LONG = c.c_void_p, c.c_int, c.c_float, c.c_ulong


def _call(name: str, answer: Any, *arguments: Any) -> Callable[..., Any]:
    function = _dll[name]  # a fresh object, so that PyPDFium2's own prototype stays as it is
    function.restype = answer
    function.argtypes = arguments
    return function  # type: ignore[no-any-return]


class Box(c.Structure):
    """FS_RECTF."""

    _fields_ = (("left", _FLOAT), ("top", _FLOAT), ("right", _FLOAT), ("bottom", _FLOAT))


load_document = _call("FPDF_LoadMemDocument64", _POINTER, c.c_char_p, c.c_size_t, c.c_char_p)
close_document = _call("FPDF_CloseDocument", None, _POINTER)
last_error = _call("FPDF_GetLastError", _LONG)
page_count = _call("FPDF_GetPageCount", _INT, _POINTER)
form_type = _call("FPDF_GetFormType", _INT, _POINTER)
load_page = _call("FPDF_LoadPage", _POINTER, _POINTER, _INT)
close_page = _call("FPDF_ClosePage", None, _POINTER)
page_width = _call("FPDF_GetPageWidthF", _FLOAT, _POINTER)
page_height = _call("FPDF_GetPageHeightF", _FLOAT, _POINTER)
page_box = _call("FPDF_GetPageBoundingBox", _INT, _POINTER, _POINTER)
page_rotation = _call("FPDFPage_GetRotation", _INT, _POINTER)
load_text = _call("FPDFText_LoadPage", _POINTER, _POINTER)
close_text = _call("FPDFText_ClosePage", None, _POINTER)
count_chars = _call("FPDFText_CountChars", _INT, _POINTER)
get_text = _call("FPDFText_GetText", _INT, _POINTER, _INT, _INT, _POINTER)
char_of_text = _call("FPDFText_GetCharIndexFromTextIndex", _INT, _POINTER, _INT)
loose_box = _call("FPDFText_GetLooseCharBox", _INT, _POINTER, _INT, _POINTER)
count_rects = _call("FPDFText_CountRects", _INT, _POINTER, _INT, _INT)
get_rect = _call("FPDFText_GetRect", _INT, _POINTER, _INT, _POINTER, _POINTER, _POINTER, _POINTER)
text_object = _call("FPDFText_GetTextObject", _POINTER, _POINTER, _INT)
font_of = _call("FPDFTextObj_GetFont", _POINTER, _POINTER)
font_name = _call("FPDFFont_GetBaseFontName", c.c_size_t, _POINTER, c.c_char_p, c.c_size_t)
font_weight = _call("FPDFFont_GetWeight", _INT, _POINTER)
marked_content = _call("FPDFPageObj_GetMarkedContentID", _INT, _POINTER)
count_objects = _call("FPDFPage_CountObjects", _INT, _POINTER)
get_object = _call("FPDFPage_GetObject", _POINTER, _POINTER, _INT)
form_count = _call("FPDFFormObj_CountObjects", _INT, _POINTER)
form_object = _call("FPDFFormObj_GetObject", _POINTER, _POINTER, _LONG)
object_type = _call("FPDFPageObj_GetType", _INT, _POINTER)
object_bounds = _call(
    "FPDFPageObj_GetBounds", _INT, _POINTER, _POINTER, _POINTER, _POINTER, _POINTER
)
object_matrix = _call("FPDFPageObj_GetMatrix", _INT, _POINTER, _POINTER)
path_count = _call("FPDFPath_CountSegments", _INT, _POINTER)
path_segment = _call("FPDFPath_GetPathSegment", _POINTER, _POINTER, _INT)
segment_point = _call("FPDFPathSegment_GetPoint", _INT, _POINTER, _POINTER, _POINTER)
segment_type = _call("FPDFPathSegment_GetType", _INT, _POINTER)
path_mode = _call("FPDFPath_GetDrawMode", _INT, _POINTER, _POINTER, _POINTER)
tree_of_page = _call("FPDF_StructTree_GetForPage", _POINTER, _POINTER)
close_tree = _call("FPDF_StructTree_Close", None, _POINTER)
tree_count = _call("FPDF_StructTree_CountChildren", _INT, _POINTER)
tree_child = _call("FPDF_StructTree_GetChildAtIndex", _POINTER, _POINTER, _INT)
element_type = _call("FPDF_StructElement_GetType", _LONG, _POINTER, c.c_char_p, _LONG)
element_count = _call("FPDF_StructElement_CountChildren", _INT, _POINTER)
element_child = _call("FPDF_StructElement_GetChildAtIndex", _POINTER, _POINTER, _INT)
element_mark = _call("FPDF_StructElement_GetChildMarkedContentID", _INT, _POINTER, _INT)
attribute_count = _call("FPDF_StructElement_GetAttributeCount", _INT, _POINTER)
attribute_at = _call("FPDF_StructElement_GetAttributeAtIndex", _POINTER, _POINTER, _INT)
attribute_value = _call("FPDF_StructElement_Attr_GetValue", _POINTER, _POINTER, c.c_char_p)
attribute_number = _call("FPDF_StructElement_Attr_GetNumberValue", _INT, _POINTER, _POINTER)
annotation_count = _call("FPDFPage_GetAnnotCount", _INT, _POINTER)
annotation_at = _call("FPDFPage_GetAnnot", _POINTER, _POINTER, _INT)
annotation_close = _call("FPDFPage_CloseAnnot", None, _POINTER)
annotation_kind = _call("FPDFAnnot_GetSubtype", _INT, _POINTER)
annotation_rect = _call("FPDFAnnot_GetRect", _INT, _POINTER, _POINTER)
annotation_string = _call(
    "FPDFAnnot_GetStringValue", _LONG, _POINTER, c.c_char_p, c.c_char_p, _LONG
)
form_begin = _call("FPDFDOC_InitFormFillEnvironment", _POINTER, _POINTER, _POINTER)
form_end = _call("FPDFDOC_ExitFormFillEnvironment", None, _POINTER)
field_type = _call("FPDFAnnot_GetFormFieldType", _INT, _POINTER, _POINTER)
field_checked = _call("FPDFAnnot_IsChecked", _INT, _POINTER, _POINTER)
field_value = _call("FPDFAnnot_GetFormFieldValue", _LONG, _POINTER, _POINTER, c.c_char_p, _LONG)
is_tagged = _call("FPDFCatalog_IsTagged", _INT, _POINTER)
new_bitmap = _call("FPDFBitmap_CreateEx", _POINTER, _INT, _INT, _INT, _POINTER, _INT)
fill_bitmap = _call("FPDFBitmap_FillRect", _INT, _POINTER, _INT, _INT, _INT, _INT, _LONG)
render = _call(
    "FPDF_RenderPageBitmap", None, _POINTER, _POINTER, _INT, _INT, _INT, _INT, _INT, _INT
)
close_bitmap = _call("FPDFBitmap_Destroy", None, _POINTER)
