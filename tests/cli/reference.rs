//! What the program says about itself, and how every command behaves: usage, streams, colours.

use std::fs;
use std::process::Stdio;

use crate::folder::{Folder, said};

#[test]
fn help_and_version_are_answers() {
    let folder = Folder::new();
    let help = folder.run(&["help"]);
    assert_eq!((help.code, help.stderr.as_str()), (0, ""));
    assert!(help.stdout.contains("Usage: casebook"), "{}", help.stdout);
    assert!(help.stdout.contains("Exit codes:\n  0  nothing wrong"), "{}", help.stdout);
    let version = folder.run(&["--version"]);
    assert_eq!(
        (version.code, version.stdout.as_str()),
        (0, concat!("casebook ", env!("CARGO_PKG_VERSION"), " (format 1)\n"))
    );
}

#[test]
fn wrong_usage_ends_with_2_and_says_what_is_wrong_on_stderr() {
    let folder = Folder::new();
    for (arguments, words) in [
        (vec![], "Usage: casebook"),
        (vec!["bild"], "unrecognized subcommand 'bild'"),
        (vec!["explain", "--format", "xml"], "invalid value 'xml'"),
        (vec!["explain", "-q", "-v"], "cannot be used with"),
        (vec!["explain", "-j", "0"], "invalid value '0'"),
        (vec!["completions", "tcsh"], "invalid value 'tcsh'"),
        (
            vec!["explain", "nonsense"],
            "error: there is no code `nonsense`\n  = help: list all with `casebook explain`\n",
        ),
        (vec!["explain", "file-to-large"], "did you mean `file-too-large`?"),
        (vec!["init", "a", "-C", "b"], "error: two dossiers are named: `-C b` and `a`"),
    ] {
        let said = folder.run(&arguments);
        assert_eq!((said.code, said.stdout.as_str()), (2, ""), "{arguments:?}: {}", said.stderr);
        assert!(said.stderr.contains(words), "{arguments:?}: {}", said.stderr);
    }
}

#[test]
fn init_makes_a_dossier_and_keeps_what_is_there() {
    let folder = Folder::new();
    folder.write("new/annotations/pages/home.md", "mine");
    let first = folder.run(&["init", "new"]);
    assert_eq!((first.code, first.stdout.as_str()), (0, ""));
    assert_eq!(
        first.stderr,
        "kept    new/annotations/pages/home.md\nmade 10 files in `new`, 1 stay as they were; next: `casebook build new`\n"
    );
    assert_eq!(folder.read("new/annotations/pages/home.md"), "mine");
    folder.write("new/seeds/how-a-quotation-is-checked.md", "changed");
    let second = folder.run(&["init", "new", "-q"]);
    assert_eq!(
        (second.code, second.stderr.as_str()),
        (0, "`new` has every file of a first dossier already; next: `casebook build new`\n")
    );
    assert_eq!(folder.read("new/seeds/how-a-quotation-is-checked.md"), "changed");
}

#[test]
fn init_takes_its_folder_from_the_option_or_is_where_one_stands() {
    let folder = Folder::new();
    assert_eq!(folder.run(&["-C", "a", "init"]).code, 0);
    assert!(folder.read("a/casebook.toml").contains("format = 1"));
    let here = folder.run(&["init"]);
    assert_eq!(
        (here.code, here.stderr.as_str()),
        (0, "made a dossier of 11 files in `.`; next: `casebook build`\n")
    );
}

#[test]
fn a_machine_that_fails_ends_with_4_and_names_cause_and_path() {
    let folder = Folder::new();
    folder.write("file", "");
    let said = folder.run(&["init", "file/below"]);
    assert_eq!(said.code, 4);
    assert!(said.stderr.starts_with("error: cannot make `file/below"), "{}", said.stderr);
}

#[test]
fn every_code_is_listed_and_explained() {
    let folder = Folder::new();
    let list = folder.run(&["explain"]);
    assert_eq!((list.code, list.stderr.as_str()), (0, ""));
    for code in casebook::report::mistakes::codes() {
        assert!(
            list.stdout
                .lines()
                .any(|line| line.starts_with(code.name) && line.ends_with(code.summary)),
            "{}",
            code.name
        );
        let story = folder.run(&["explain", code.name]);
        assert_eq!(story.code, 0);
        assert!(
            story.stdout.starts_with(&format!(
                "{} ({}): {}\n\n",
                code.name,
                code.severity.word(),
                code.summary
            )),
            "{}",
            story.stdout
        );
        assert!(story.stdout.lines().count() > 2, "{} has a heading and no story", code.name);
    }
}

#[test]
fn completions_and_manual_pages_are_made_from_the_same_definition() {
    let folder = Folder::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let said = folder.run(&["completions", shell]);
        assert_eq!((said.code, said.stderr.as_str()), (0, ""), "{shell}");
        assert!(said.stdout.contains("explain") && said.stdout.contains("format"), "{shell}");
    }
    let page = folder.run(&["man"]);
    assert!(page.code == 0 && page.stdout.contains(".TH casebook 1"), "{}", page.stdout);
    let pages = folder.run(&["man", "pages"]);
    assert_eq!((pages.code, pages.stdout.as_str()), (0, ""));
    assert!(
        folder
            .read("pages/casebook-explain.1")
            .contains(".TH casebook-explain 1")
    );
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = Folder::new();
    let mut child = folder
        .command(&["explain"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let said = said(child.wait_with_output().expect("it ends"));
    assert_eq!((said.code, said.stderr.as_str()), (0, ""));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_stdout_is_an_error() {
    let folder = Folder::new();
    let full = fs::File::options()
        .write(true)
        .open("/dev/full")
        .expect("linux has it");
    let said = said(
        folder
            .command(&["explain"])
            .stdout(full)
            .output()
            .expect("the program starts"),
    );
    assert_eq!(
        (said.code, said.stderr.as_str()),
        (4, "error: cannot write to `standard output`: no space left on device\n")
    );
}

#[test]
fn colour_follows_the_option_and_then_the_environment() {
    let folder = Folder::new();
    let coloured = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = folder.command(arguments);
        command.args(["explain", "nonsense"]).envs(variables.iter().copied());
        said(command.output().expect("the program starts"))
            .stderr
            .contains('\x1b')
    };
    assert!(!coloured(&[], &[]), "stderr is no terminal");
    assert!(coloured(&["--color", "always"], &[("NO_COLOR", "1"), ("TERM", "dumb")]));
    assert!(coloured(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[], &[("CLICOLOR_FORCE", "0")]));
    assert!(!coloured(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(coloured(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")]), "an empty NO_COLOR is none");
    assert!(!coloured(&["--color=never"], &[("CLICOLOR_FORCE", "1")]));
}
