//! Headings in running text that look like the titles of notes or files.

use std::ops::Range;

use super::layout::Layout;
use crate::model::body::{Block, Body, Inline};
use crate::model::path::InputPath;
use crate::model::span::Span;
use crate::report::diagnostic::Diagnostic;
use crate::report::held;
use crate::report::mistakes::fields as mistakes;

/// Headings that look like the titles of notes or files, and stand in running text.
pub fn report_headings(path: &InputPath, body: &Body, found: &mut Vec<Diagnostic>) {
    for block in &body.blocks {
        held::hold(found);
        if let Block::Heading { level: level @ 1..=2, content } = block
            && let Some(place) = first_place(content)
        {
            found.push(mistakes::heading_in_comment(path, place, *level));
        }
    }
}

/// Headings right above a quotation that names no source, as the title of a note stands above its passage,
/// and that begin no note.
pub fn report_untitled(
    path: &InputPath,
    layout: &Layout<'_>,
    lines: Range<usize>,
    body: &Body,
    found: &mut Vec<Diagnostic>,
) {
    let untitled = body
        .quotations
        .iter()
        .filter(|quotation| quotation.attribution.is_none() && !quotation.nested);
    for quotation in untitled {
        let at = layout.line_at(quotation.span.start as usize);
        let above = layout.lines[lines.start..at.max(lines.start)]
            .iter()
            .rposition(|line| !line.is_blank() && !layout.is_hidden(line));
        let heading = above.and_then(|above| layout.heading(lines.start + above));
        // A title that is indented is told of already.
        if let Some((signs, level)) = heading.filter(|(_, level)| *level != 2) {
            found.push(mistakes::heading_above_quotation(path, signs, level, quotation.span));
        }
    }
}

/// Where the first words of a line stand.
fn first_place(content: &[Inline]) -> Option<Span> {
    content.iter().find_map(|inline| match inline {
        Inline::Text(text) | Inline::Code(text) | Inline::Sign(text) => text.file,
        Inline::Emphasis(content)
        | Inline::Strong(content)
        | Inline::Strike(content)
        | Inline::Superscript(content)
        | Inline::Subscript(content)
        | Inline::Link { content, .. }
        | Inline::Ruby { base: content, .. } => first_place(content),
        Inline::Image { .. }
        | Inline::Break
        | Inline::Edge
        | Inline::FootnoteRef(_)
        | Inline::Reference { .. }
        | Inline::Number(_) => None,
    })
}
