//! `data/*.csv`: the tables of the dossier, for spreadsheets (RFC 4180; UTF-8 with a byte order mark, by
//! which they know it).
//!
//! A cell that a spreadsheet would take for a formula gets an apostrophe in front, as it would be typed: `=`,
//! `+`, `-` and `@` begin formulas, and sources are not to be trusted with one (OWASP, "CSV Injection").

use crate::model::date::Date;
use crate::model::dossier::{NoteIx, Relation, SourceIx, Thing};
use crate::reason::evidence::speaks_for;
use crate::reason::time::What;
use crate::render::context::RenderContext;

use super::address;
use super::quoted::words;

pub fn sources(context: &RenderContext<'_>) -> String {
    let head = [
        "id",
        "siglum",
        "title",
        "author",
        "publisher",
        "published",
        "captured",
        "url",
        "archive",
        "language",
        "form",
        "rights",
        "size",
        "sha256",
        "derives_from",
    ];
    let rows = context.dossier.sources.iter().map(|source| {
        let facts = &source.facts;
        let from: Vec<&str> = source
            .derives_from
            .iter()
            .map(|other| context.dossier.source(*other).id.as_str())
            .collect();
        vec![
            source.id.to_string(),
            source.siglum.clone(),
            facts.title.clone(),
            facts.author.join("; "),
            facts.publisher.clone().unwrap_or_default(),
            text(facts.published.as_ref()),
            text(facts.captured.as_ref()),
            facts.url.clone().unwrap_or_default(),
            facts.archive.clone().unwrap_or_default(),
            facts.language.clone().unwrap_or_default(),
            facts.form.word().to_string(),
            facts.rights.word().to_string(),
            source.size.to_string(),
            source.sha256.clone(),
            from.join("; "),
        ]
    });
    table(&head, rows)
}

pub fn notes(context: &RenderContext<'_>) -> String {
    let head = [
        "source",
        "id",
        "number",
        "title",
        "kind",
        "quotation",
        "quoted_source",
        "topics",
        "supports",
        "disputes",
        "mentions",
        "date",
        "said",
        "by",
        "made",
        "confidence",
        "page",
        "address",
    ];
    let rows = context.dossier.notes.iter().zip(0..).map(|(note, ix)| {
        let dossier = context.dossier;
        let quotes: Vec<String> = note
            .passages
            .iter()
            .map(|passage| words(context, passage))
            .filter(|words| !words.is_empty())
            .collect();
        let topics: Vec<&str> = note
            .topics
            .iter()
            .map(|topic| dossier.topic(*topic).id.as_str())
            .collect();
        let claims = |wanted: Relation| {
            let ids = note
                .claims
                .iter()
                .filter(|(relation, _)| *relation == wanted)
                .map(|(_, claim)| dossier.claim(*claim).id.as_str());
            ids.collect::<Vec<_>>().join("; ")
        };
        vec![
            dossier.source(note.source).id.to_string(),
            note.id.clone(),
            context.number(NoteIx(ix)).unwrap_or_default(),
            note.title.clone(),
            note.kind.word().to_string(),
            quotes.join(" | "),
            dossier.source(speaks_for(note)).id.to_string(),
            topics.join("; "),
            claims(Relation::Supports),
            claims(Relation::Disputes),
            claims(Relation::Mentions),
            text(note.date.as_ref()),
            text(note.said.as_ref()),
            note.by.join("; "),
            text(note.made.as_ref()),
            note.confidence
                .map(|confidence| confidence.word().to_string())
                .unwrap_or_default(),
            note.page.clone().unwrap_or_default(),
            address::of_thing(context, address::base(context), &Thing::Note(NoteIx(ix))),
        ]
    });
    table(&head, rows)
}

pub fn figures(context: &RenderContext<'_>) -> String {
    let head = ["measure", "period", "source", "note", "value", "agreement"];
    let dossier = context.dossier;
    let measures = context.reasoned.figures.measures.iter();
    let cells = measures.flat_map(|measure| {
        measure
            .rows
            .iter()
            .flat_map(move |row| row.cells.iter().map(move |cell| (measure, row, cell)))
    });
    let rows = cells.map(|(measure, row, cell)| {
        vec![
            measure.title.clone(),
            text(row.period.as_ref()),
            dossier.source(cell.source).id.to_string(),
            dossier.note(cell.note).id.clone(),
            cell.figure(dossier).shown.clone(),
            row.reading.agreement.word().to_owned(),
        ]
    });
    table(&head, rows)
}

pub fn claims(context: &RenderContext<'_>) -> String {
    let head = ["claim", "statement", "status", "relation", "source", "note"];
    let dossier = context.dossier;
    let rows = dossier.claims.iter().flat_map(|claim| {
        let named = vec![claim.id.to_string(), claim.title.clone(), claim.status.word().to_string()];
        let bearing = claim.notes.iter().map(|(relation, note)| {
            let told = dossier.note(*note);
            vec![
                relation.word().to_string(),
                dossier.source(speaks_for(told)).id.to_string(),
                told.id.clone(),
            ]
        });
        let bearing: Vec<Vec<String>> =
            if claim.notes.is_empty() { vec![vec![String::new(); 3]] } else { bearing.collect() };
        bearing.into_iter().map(move |rest| [named.clone(), rest].concat())
    });
    table(&head, rows)
}

pub fn timeline(context: &RenderContext<'_>) -> String {
    let head = ["date", "what", "title", "source", "address"];
    let dossier = context.dossier;
    let rows = context.reasoned.timeline.entries.iter().map(|entry| {
        let of_source = |ix: SourceIx| dossier.source(ix).id.to_string();
        let (what, thing, source) = match &entry.what {
            What::Published(source) => ("published", Thing::Source(*source), of_source(*source)),
            What::Said(note) => ("said", Thing::Note(*note), of_source(speaks_for(dossier.note(*note)))),
            What::Happened(note) => {
                ("happened", Thing::Note(*note), of_source(speaks_for(dossier.note(*note))))
            }
            What::Event(topic, notes) => {
                let mut sources: Vec<SourceIx> =
                    notes.iter().map(|note| speaks_for(dossier.note(*note))).collect();
                sources.sort();
                sources.dedup();
                (
                    "event",
                    Thing::Topic(*topic),
                    sources.into_iter().map(of_source).collect::<Vec<_>>().join("; "),
                )
            }
        };
        vec![
            entry.date.as_str().to_string(),
            what.to_string(),
            context.title(&thing),
            source,
            address::of_thing(context, address::base(context), &thing),
        ]
    });
    table(&head, rows)
}

fn text(date: Option<&Date>) -> String {
    date.map(|date| date.as_str().to_string()).unwrap_or_default()
}

fn table(head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut out = String::from("\u{feff}");
    out.push_str(&head.join(","));
    out.push_str("\r\n");
    for row in rows {
        for (at, value) in row.iter().enumerate() {
            if at > 0 {
                out.push(',');
            }
            cell(value, &mut out);
        }
        out.push_str("\r\n");
    }
    out
}

fn cell(value: &str, out: &mut String) {
    // White space before the sign does not make it harmless.
    let is_formula = value
        .trim_start()
        .starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || value.starts_with(['\t', '\r', '\n']);
    let guard = if is_formula { "'" } else { "" };
    if is_formula || value.contains([',', '"', '\n', '\r', ';', '\'']) {
        out.push('"');
        out.push_str(guard);
        out.push_str(&value.replace('"', "\"\""));
        out.push('"');
    } else {
        out.push_str(value);
    }
}

#[cfg(test)]
mod tests {
    use super::table;

    #[test]
    fn a_cell_is_no_formula() {
        let cells = ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "a=b", "2024-05", "a, \"b\"\nc", "＝1"]
            .map(String::from)
            .to_vec();
        let expected = "\u{feff}h\r\n\"'=1+1\",\"'+1\",\"'-1\",\"'@SUM(A1)\",\"' \
            =1\",\"'\t=1\",a=b,2024-05,\"a, \"\"b\"\"\nc\",\"'＝1\"\r\n";
        assert_eq!(table(&["h"], std::iter::once(cells)), expected);
    }
}
