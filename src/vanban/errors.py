"""What can go wrong with an input: one class and one code for each, one clear sentence for whoever sent it."""

from __future__ import annotations

from typing import ClassVar


class DocumentError(Exception):
    """An input that cannot be read; `str()` is the sentence to show, `code` is looked up in `docs/errors.md`."""

    code: ClassVar[str]
    message: ClassVar[str]

    def __init__(self, **places: object) -> None:
        self.places = places
        super().__init__(self.message % places)

    def __reduce__(self) -> tuple[object, ...]:
        # Exceptions travel between the processes of `--jobs N`; keyword places need help to be rebuilt.
        return (_rebuild, (type(self), self.places))


def _rebuild(kind: type[DocumentError], places: dict[str, object]) -> DocumentError:
    return kind(**places)


class NotFound(DocumentError):
    code = "D100"
    message = "“%(name)s” cannot be opened: %(reason)s. Check the path and the right to read it."


class Empty(DocumentError):
    code = "D101"
    message = "“%(name)s” is empty. Send the file again from where it was saved."


class UnknownKind(DocumentError):
    code = "D102"
    message = "“%(name)s” is %(looks)s. Send a TXT, Markdown, HTML, DOCX, DOC or PDF file."


class TooLarge(DocumentError):
    code = "D103"
    message = "“%(name)s” has %(size)s; at most %(limit)s are read. Split it, or send only the part that is needed."


class TooManyPages(DocumentError):
    code = "D104"
    message = "“%(name)s” has %(pages)s pages; at most %(limit)s are read. Send only the pages that assign work."


class UnknownEncoding(DocumentError):
    code = "D105"
    message = "“%(name)s” is written in %(encoding)s, not in Unicode. Save it again as UTF-8 (Unicode dựng sẵn)."


class NotASheet(DocumentError):
    code = "D106"
    message = "“%(name)s” is %(looks)s. Send the task sheet as an Excel (XLSX, XLS), OpenDocument (ODS) or CSV file."


class TooManyPixels(DocumentError):
    code = "D107"
    message = (
        "“%(name)s” is a picture of %(size)s million pixels; at most %(limit)s million are read. Save it smaller: a page "
        "of A4 at 300 dpi has 9 million."
    )


class NoTextLayer(DocumentError):
    code = "D201"
    message = (
        "“%(name)s” holds pictures of pages, no text. Install text recognition (pip install 'hopluc[ocr]'), or send the "
        "file it was printed from."
    )


class Damaged(DocumentError):
    code = "D202"
    message = (
        "“%(name)s” is damaged or incomplete (%(reason)s). Send it again, or save it anew in the program it came from."
    )


class Protected(DocumentError):
    code = "D203"
    message = "“%(name)s” is locked with a password. Remove the password and send it again."


class Illegible(DocumentError):
    code = "D204"
    message = (
        "No text can be made out in “%(name)s”. Scan it again, straight, in focus and at 300 dpi, or send the file it was "
        "printed from."
    )


class LayoutMissing(DocumentError):
    code = "D401"
    message = (
        "The layout “%(name)s” cannot be used: its text is not at hand, so nothing is known of %(missing)s. Choose another "
        "layout until it has been entered."
    )


class NotAPicture(DocumentError):
    code = "D402"
    message = "The picture “%(name)s” is no PNG, JPEG or EMF file. Save it as one of these."


class NoSuchAuthority(DocumentError):
    code = "D403"
    message = "“%(prefix)s” above the signature is not known to “%(name)s”. It knows %(known)s."


class UnknownBlank(DocumentError):
    code = "D404"
    message = (
        "The template “%(name)s” has a blank “%(blank)s” in %(at)s that nothing fills. Correct it; these can be filled: "
        "%(known)s."
    )


class BrokenBlank(DocumentError):
    code = "D405"
    message = "A blank in the template “%(name)s” is not closed: “%(blank)s” in %(at)s. Write it as {{name}}."


class BlocksInLine(DocumentError):
    code = "D406"
    message = (
        "The blank “%(blank)s” of the template “%(name)s” is filled with whole paragraphs and tables, and other words stand "
        "beside it in %(at)s. Put it in a paragraph of its own."
    )


class NotWord(DocumentError):
    code = "D407"
    message = (
        "“%(name)s” is no Word document (DOCX), so its layout cannot be checked. Save it as DOCX in Word and send that."
    )


class MarkUnknown(DocumentError):
    code = "D408"
    message = (
        "How a degree of secrecy or urgency is marked by “%(name)s” is not at hand. Leave the mark out here and set it by a "
        "stamp, or choose another layout."
    )
