"""What the command says, in Vietnamese: its readers are officials.

The sentences of `errors.py` stand here by their codes, with the same places. A test finds a code without its sentence
and a sentence whose places differ.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from vanban.errors import DocumentError
from vanban.values import Notice

SENTENCES = {
    "D100": "Không mở được “%(name)s”: %(reason)s. Hãy kiểm tra đường dẫn và quyền đọc tệp.",
    "D101": "“%(name)s” là tệp rỗng. Hãy gửi lại tệp từ nơi đã lưu.",
    "D102": "“%(name)s” là %(looks)s. Hãy gửi tệp TXT, Markdown, HTML, DOCX, DOC hoặc PDF.",
    "D103": "“%(name)s” có %(size)s; chương trình đọc nhiều nhất %(limit)s. Hãy tách tệp, hoặc chỉ gửi phần cần đọc.",
    "D104": "“%(name)s” có %(pages)s trang; chương trình đọc nhiều nhất %(limit)s trang. Hãy chỉ gửi các trang giao nhiệm vụ.",
    "D105": "“%(name)s” viết bằng bảng mã %(encoding)s, không phải Unicode. Hãy lưu lại ở dạng UTF-8 (Unicode dựng sẵn).",
    "D106": "“%(name)s” là %(looks)s. Hãy gửi bảng ở dạng Excel (XLSX, XLS), OpenDocument (ODS) hoặc CSV.",
    "D107": "“%(name)s” là ảnh %(size)s triệu điểm ảnh; chương trình đọc nhiều nhất %(limit)s triệu. Hãy lưu ảnh nhỏ hơn: một trang A4 ở 300 dpi có 9 triệu.",
    "D201": "“%(name)s” chỉ có ảnh chụp trang giấy, không có chữ. Hãy cài phần nhận dạng chữ (pip install 'hopluc[ocr]'), hoặc gửi tệp đã dùng để in.",
    "D202": "“%(name)s” bị hỏng hoặc không đầy đủ (%(reason)s). Hãy gửi lại, hoặc lưu lại bằng chương trình đã tạo ra tệp.",
    "D203": "“%(name)s” được khóa bằng mật khẩu. Hãy bỏ mật khẩu rồi gửi lại.",
    "D204": "Không nhận ra chữ nào trong “%(name)s”. Hãy quét lại cho thẳng, rõ nét, ở 300 dpi, hoặc gửi tệp đã dùng để in.",
    "D301": "Thư mục “%(name)s” không có tệp nào đọc được. Hãy bỏ vào đó tệp TXT, Markdown, HTML, DOCX, DOC hoặc PDF.",
    "D302": "Chương trình đã dừng đột ngột khi đọc “%(name)s” (%(reason)s). Hãy gửi tệp này cho người phụ trách chương trình.",
    "D303": "Không ghi được “%(name)s”: %(reason)s. Hãy kiểm tra thư mục, quyền ghi và chỗ trống trên đĩa.",
    "D401": "Chưa dùng được thể thức “%(name)s”: chưa có văn bản gốc nên còn thiếu %(missing)s. Hãy chọn thể thức khác cho đến khi các quy định này được nhập.",
    "D402": "Hình “%(name)s” không phải tệp PNG, JPEG hoặc EMF. Hãy lưu hình ở một trong các dạng đó.",
    "D403": "Thể thức “%(name)s” không có cách ghi quyền hạn “%(prefix)s” trên chữ ký. Các cách ghi được dùng: %(known)s.",
    "D404": "Mẫu “%(name)s” có ô trống “%(blank)s” ở %(at)s mà không có gì để điền. Hãy sửa lại; các ô điền được: %(known)s.",
    "D405": "Ô trống “%(blank)s” ở %(at)s của mẫu “%(name)s” chưa đóng ngoặc. Hãy viết dạng {{ten}}.",
    "D406": "Ô trống “%(blank)s” ở %(at)s của mẫu “%(name)s” được điền bằng cả đoạn và bảng, nhưng bên cạnh còn lời văn khác. Hãy để ô này đứng riêng một đoạn.",
    "D408": "Chưa có văn bản quy định cách ghi độ mật, mức độ khẩn theo “%(name)s”. Hãy bỏ dấu ở đây và đóng dấu khi phát hành, hoặc chọn thể thức khác.",
    "D407": "“%(name)s” không phải văn bản Word (DOCX) nên không kiểm tra được thể thức. Hãy lưu lại ở dạng DOCX bằng Word rồi gửi.",
}

CELLS = {  # what is wrong at a cell of a task sheet (`tasksheets/issues.py`)
    "S101": "Không có cột nào ghi nội dung nhiệm vụ. Hãy chọn dòng tiêu đề và cột nhiệm vụ.",
    "S102": "Hai cột “%(first)s” và “%(second)s” cùng được chọn cho một mục. Hãy chỉ giữ một cột.",
    "S103": "Không có cột nào ghi cơ quan chủ trì: hãy chọn cột đó, hoặc giao từng nhiệm vụ khi duyệt.",
    "S104": "Từ dòng này trở xuống được hiểu là phần ký tên, ghi chú, không đọc thành nhiệm vụ.",
    "S105": "Dưới dòng tiêu đề không có nhiệm vụ nào. Hãy chọn lại dòng tiêu đề và cột nhiệm vụ.",
    "S201": "Dòng này có số liệu nhưng chưa ghi nội dung nhiệm vụ. Hãy ghi nhiệm vụ hoặc xóa dòng.",
    "S202": "Chưa ghi cơ quan chủ trì.",
    "S203": "Không nhận ra cơ quan nào trong “%(text)s”. Hãy ghi tên đầy đủ của cơ quan.",
    "S204": "Không nhận ra cơ quan trong phần “%(text)s”.",
    "S205": "Ngày “%(text)s” không có trong lịch. Hãy sửa lại ngày.",
    "S206": "Không đọc được thời hạn “%(text)s”. Hãy ghi ngày, tháng, quý hoặc năm.",
    "S207": "Ngày kết thúc %(end)s trước ngày bắt đầu %(start)s.",
    "S208": "Cột này ghi %(end)s, còn cột thời hạn ghi “%(text)s”. Thời hạn lấy theo cột thời hạn.",
    "S209": "Công thức trong ô bị lỗi %(text)s. Hãy sửa công thức hoặc gõ giá trị vào ô.",
    "S210": "Công thức trong ô chưa có giá trị. Hãy mở tệp bằng Excel, lưu lại rồi gửi.",
    "S211": "Nhiệm vụ này trùng với dòng %(row)s.",
    "S212": "Nội dung dài %(size)s ký tự; một nhiệm vụ có nhiều nhất %(limit)s ký tự. Hãy tách thành nhiều dòng.",
    "S213": "Không có lĩnh vực “%(text)s”: lĩnh vực được đoán theo nội dung nhiệm vụ.",
}

PARTS = {  # what stands in the places of a sentence, and hints of notices
    # kinds of files
    "a picture": "tệp ảnh",
    "an archive of files": "tệp nén",
    "a damaged archive": "tệp nén bị hỏng",
    "a Rich Text (RTF) document": "văn bản RTF",
    "a PostScript file": "tệp PostScript",
    "a saved web archive (MHT)": "trang web lưu dạng MHT",
    "a Word XML document": "văn bản Word dạng XML",
    "an Excel workbook": "bảng tính Excel",
    "a PowerPoint presentation": "bài trình chiếu PowerPoint",
    "an OpenDocument file": "tệp OpenDocument",
    "an electronic book (EPUB)": "sách điện tử EPUB",
    "an Excel 97–2003 workbook": "bảng tính Excel 97–2003",
    "a PowerPoint 97–2003 presentation": "bài trình chiếu PowerPoint 97–2003",
    "an Outlook message": "thư Outlook",
    "a file of an old office program": "tệp của chương trình văn phòng đời cũ",
    "a PDF document": "tệp PDF",
    "a Word document": "văn bản Word",
    "a web page": "trang web",
    "a binary file, not text": "tệp nhị phân, không phải văn bản",
    # what is wrong with one
    "an unknown code page": "không rõ tên",
    "its end is missing": "thiếu phần cuối",
    "its parts cannot be opened": "không mở được các phần bên trong",
    "the part with the text is missing": "thiếu phần chứa lời văn",
    "it declares entities, which a Word document never does": "có khai báo thực thể, điều tệp Word không bao giờ có",
    "it declares entities, which a workbook never does": "có khai báo thực thể, điều bảng tính không bao giờ có",
    "its cells cannot be told apart": "không tách được các ô",
    "a paragraph or table row in it is endless": "có đoạn hoặc dòng bảng dài bất thường",
    "its tags cannot be read": "không đọc được các thẻ",
    "no PDF reader can open it": "không mở được bằng trình đọc PDF",
    "the picture in it cannot be opened": "không mở được ảnh trong tệp",
    "it has no pages": "không có trang nào",
    "it is not a file": "đó không phải là một tệp",
    # what is not known of a layout
    "paper and margins, sizes and styles of letters, numbering, signature": "khổ giấy, lề trang, cỡ chữ, kiểu chữ, cách đánh số và phần ký",
    # doubts
    "footnotes were left out: check whether they assign work": "chú thích cuối trang không được đọc, cần kiểm tra xem có giao việc không",
    "tracked changes were read as if accepted: check what was struck out": "phần sửa đổi theo dõi được đọc như đã chấp nhận, cần kiểm tra phần bị gạch bỏ",
    "no body is named to lead it": "không nêu cơ quan chủ trì",
    "the time is not fully stated: check it": "thời hạn không nêu đủ, cần kiểm tra",
    "it may state something rather than order it": "có thể chỉ là nhận định, không phải việc được giao",
    "the sentence has no end: a page may be missing": "câu chưa hết, có thể thiếu trang",
    "its beginning is missing: a page may be torn": "thiếu phần đầu câu, có thể mất trang",
    "the paragraph is too long: only its beginning is read": "đoạn quá dài, chỉ đọc phần đầu",
    "no task was found: the text may be no directive": "không thấy nhiệm vụ nào, có thể đây không phải văn bản giao việc",
    "it sets rules and assigns no work": "là văn bản quy phạm, không giao việc",
    "no task names a body to lead it": "không nhiệm vụ nào nêu cơ quan chủ trì",
    # what the system says
    "no such path": "không có đường dẫn này",
    "No such file or directory": "không có tệp này",
    "Permission denied": "không có quyền",
    "Is a directory": "đó là một thư mục",
    "Not a directory": "một phần của đường dẫn không phải là thư mục",
    "File exists": "đã có một tệp mang tên này",
    "File name too long": "tên tệp quá dài",
    "No space left on device": "đĩa đã đầy",
    "Read-only file system": "đĩa chỉ cho đọc",
}
PATTERNS = (  # the same with words of the document in them
    (r"read as (.+), not as UTF-8", r"đọc theo bảng mã \1, không phải UTF-8"),
    (r"read as “(.+)”: check the name", r"hiểu là “\1”, cần kiểm tra tên"),
    (
        r"page (.+) read by text recognition: compare numbers, dates and names with the paper",
        r"trang \1 được đọc bằng nhận dạng chữ, cần đối chiếu số, ngày và tên với bản giấy",
    ),
    (
        r"page (\d+), corrected by the vocabulary \(line, was, is\): (.+)",
        r"trang \1, đã sửa theo từ vựng (dòng, đọc được, sửa thành): \2",
    ),
    (
        r"page (\d+), hardly legible \(line, words\): (.+)",
        r"trang \1, khó đọc, cần đối chiếu với bản giấy (dòng, lời văn): \2",
    ),
    (r"(\d+) more pages with words corrected or hardly legible", r"còn \1 trang nữa có chữ được sửa hoặc khó đọc"),
    (r"no text on page (.+): a picture, or empty", r"trang \1 không có chữ: là ảnh, hoặc trang trắng"),
    (r"([\d.,]+) ([kKMG]B) when unpacked", r"\1 \2 khi giải nén"),
    (r"paragraph (\d+) “(.*)”", r"đoạn \1 “\2”"),
    (r"header paragraph (\d+) “(.*)”", r"đoạn \1 của đầu trang “\2”"),
    (r"footer paragraph (\d+) “(.*)”", r"đoạn \1 của chân trang “\2”"),
    (r"([\d,]+) rows", r"\1 dòng"),
    (r"([\d,]+) columns", r"\1 cột"),
    (r"([\d,]+) characters", r"\1 ký tự"),
    (r"page (\d+) cannot be (?:opened|read)", r"không đọc được trang \1"),
    (
        r"(\d+) lines written in (.+) were turned into Unicode",
        r"\1 dòng viết bằng bảng mã \2 đã được chuyển sang Unicode",
    ),
    (r"(\d+) letters could not be read", r"có \1 chữ không đọc được"),
)
USAGE = (
    (r"the following arguments are required: (.+)", r"còn thiếu: \1"),
    (r"unrecognized arguments: (.+)", r"không hiểu: \1"),
    (r"argument (.+?): expected (?:one|at least one) argument", r"\1 cần một giá trị"),
    (r"argument (.+?): invalid choice: (.+?) \(choose from (.+)\)", r"\1 không nhận \2; hãy chọn một trong: \3"),
    (r"argument (.+?): (.+)", r"\1: \2"),
)


def sentence(error: DocumentError) -> str:
    """What is wrong and what to do, with the code to look up: `D101: “a.txt” là tệp rỗng. …`."""
    places = {name: value if name == "name" else vietnamese(str(value)) for name, value in error.places.items()}
    return f"{error.code}: {SENTENCES.get(error.code, error.message) % places}"


def cell_sentence(code: str, places: Mapping[str, str]) -> str:
    """What is wrong at a cell of a task sheet, by its code."""
    return CELLS[code] % places


def usage(message: str) -> str:
    """A complaint of `argparse` about the command line."""
    return _by_pattern(message, USAGE)


def remark(notice: Notice) -> str:
    """A notice as one remark: the words that it is about, and what about them."""
    hint = vietnamese(notice.hint).removeprefix(f"hiểu là “{notice.text}”, ")  # says nothing new
    return f"“{notice.text}”: {hint}" if notice.text else hint


def vietnamese(words: str) -> str:
    """What stands in the place of a sentence, or the hint of a notice; as it is where it has no Vietnamese."""
    return PARTS.get(words) or _by_pattern(words, PATTERNS)


THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")  # as English parts them


def _by_pattern(words: str, patterns: Iterable[tuple[str, str]]) -> str:
    for pattern, words_for in patterns:
        if match := re.fullmatch(pattern, words, re.DOTALL):
            return THOUSANDS.sub(".", match.expand(words_for))
    return words
