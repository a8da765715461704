//! The value that every mistake becomes, and the list of them that a run ends with.

use serde::{Deserialize, Serialize};

use crate::model::path::InputPath;
use crate::model::span::{Place, Span};

/// How much a mistake weighs. An error stops publication; a warning does so with `--strict`; a hint never.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    Error,
    Warning,
    Hint,
}

impl Severity {
    /// The word that people and programs read.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Hint => "hint",
        }
    }
}

/// A kind of mistake: its stable name, its weight, and one line on what it is. `explain` tells the longer
/// story from `docs/diagnostics.d`.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// Kebab case; never changes, never reused.
    pub name: &'static str,
    pub severity: Severity,
    /// For lists: "a quotation that stands nowhere in its source".
    pub summary: &'static str,
}

/// One mistake.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    pub code: &'static Code,
    /// The code's own, but a hint where the mistake stands in a draft.
    pub severity: Severity,
    /// Lower case, names in backticks, no full stop.
    pub message: String,
    /// Where the writer has to look. `None` only for what concerns no file (an empty dossier).
    pub place: Option<Label>,
    /// Every other place that the message speaks of, in reading order.
    pub related: Vec<Label>,
    /// What to do, in the imperative; each a sentence without a full stop.
    pub help: Vec<String>,
    pub fix: Option<Fix>,
    /// How many more of the same kind the same file has, that are counted and not held (`held`).
    pub more: usize,
}

/// A place and a few words on it, shown under the source line.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Label {
    pub place: Place,
    pub text: String,
}

/// Edits that mend a mistake, to be applied together or not at all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fix {
    /// "put the value in quotes"
    pub title: String,
    /// In one file each, sorted, not overlapping.
    pub edits: Vec<Edit>,
    /// Whether `fix` may apply it unasked: what is published stays the same, or becomes what was plainly
    /// meant.
    pub safe: bool,
    /// Whether a quotation would say the same after it, but for a slip of the pen: `fix --drift` may apply
    /// it.
    pub keeps_sense: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Edit {
    pub place: Place,
    pub replacement: String,
}

impl Diagnostic {
    /// A mistake at a place. The rest is added by `label`, `also`, `help` and `fix`.
    pub fn new(code: &'static Code, path: &InputPath, span: Span, message: impl Into<String>) -> Diagnostic {
        let place = Place { path: path.clone(), span };
        Diagnostic { place: Some(Label { place, text: String::new() }), ..Diagnostic::nowhere(code, message) }
    }

    /// A mistake that stands in no file.
    pub fn nowhere(code: &'static Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic {
            code,
            severity: code.severity,
            message: message.into(),
            place: None,
            related: Vec::new(),
            help: Vec::new(),
            fix: None,
            more: 0,
        }
    }

    /// The words under the main place.
    pub fn label(mut self, text: impl Into<String>) -> Diagnostic {
        if let Some(label) = &mut self.place {
            label.text = text.into();
        }
        self
    }

    /// Another place that the message speaks of.
    pub fn also(mut self, path: &InputPath, span: Span, text: impl Into<String>) -> Diagnostic {
        self.related
            .push(Label { place: Place { path: path.clone(), span }, text: text.into() });
        self
    }

    pub fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help.push(help.into());
        self
    }

    /// One edit in the file of the main place.
    pub fn fix(
        mut self,
        title: impl Into<String>,
        span: Span,
        replacement: impl Into<String>,
        safe: bool,
    ) -> Diagnostic {
        if let Some(label) = &self.place {
            let place = Place { path: label.place.path.clone(), span };
            self.fix = Some(Fix {
                title: title.into(),
                edits: vec![Edit { place, replacement: replacement.into() }],
                safe,
                keeps_sense: false,
            });
        }
        self
    }

    /// With the word that its fix changes no sense.
    pub fn keeping_sense(mut self, keeps: bool) -> Diagnostic {
        if let Some(fix) = &mut self.fix {
            fix.keeps_sense = keeps;
        }
        self
    }

    /// The same mistake in what is not published: worth knowing, never in the way.
    pub fn as_hint(mut self) -> Diagnostic {
        self.severity = Severity::Hint;
        self
    }
}

/// All that a run has to say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    pub diagnostics: Vec<Diagnostic>,
}

impl Report {
    pub fn count(&self, severity: Severity) -> usize {
        let of_it = self
            .diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.severity == severity);
        of_it.map(|diagnostic| 1 + diagnostic.more).sum()
    }

    /// By file, place, weight and code: the same order for any number of threads. Doubles are dropped.
    pub fn sort(&mut self) {
        let key = |d: &Diagnostic| {
            (d.place.as_ref().map(|label| label.place.clone()), d.severity, d.code.name, d.message.clone())
        };
        self.diagnostics.sort_by_cached_key(key);
        self.diagnostics.dedup();
    }
}

impl Extend<Diagnostic> for Report {
    fn extend<T: IntoIterator<Item = Diagnostic>>(&mut self, diagnostics: T) {
        self.diagnostics.extend(diagnostics);
    }
}
