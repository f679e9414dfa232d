"""The order of children that WordprocessingML asks for (ECMA-376 part 1, transitional): Word refuses files that break it."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ORDER = {
    "pPr": """pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs
        suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid
        spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl
        divId cnfStyle rPr sectPr pPrChange""",
    "rPr": """rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish
        webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout
        specVanish oMath""",
    "tblPr": """tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd
        tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription""",
    "tcPr": """cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark""",
    "sectPr": """headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType
        cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid""",
    "style": """name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal
        personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr""",
    "styles": "docDefaults latentStyles style",
    "docDefaults": "rPrDefault pPrDefault",
    "pBdr": "top left bottom right between bar",
    "tblBorders": "top left start bottom right end insideH insideV",
    "tblCellMar": "top left start bottom right end",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "settings": """writeProtection view zoom removePersonalInformation mirrorMargins defaultTabStop evenAndOddHeaders
        characterSpacingControl footnotePr endnotePr compat docVars rsids mathPr themeFontLang clrSchemeMapping decimalSymbol
        listSeparator""",
}
PLACES = {name: {W + child: at for at, child in enumerate(words.split())} for name, words in ORDER.items()}


def misplaced(root: etree._Element) -> Iterator[str]:
    """Children that are unknown or stand before what must precede them; cells and bodies that do not end as they must."""
    for parent in root.iter(*(W + name for name in ORDER)):
        places = PLACES[etree.QName(parent).localname]
        found = [places.get(child.tag, -1) for child in parent]
        if -1 in found or found != sorted(found):
            yield f"{etree.QName(parent).localname}: {[etree.QName(child).localname for child in parent]}"
    for cell in root.iter(W + "tc"):
        if cell[-1].tag != W + "p":
            yield "a cell that does not end in a paragraph"
    for table in root.iter(W + "tbl"):
        following = table.getnext()
        if following is None or following.tag in (W + "tbl", W + "sectPr"):
            yield "a table that nothing parts from what follows"
