//! What editors, people and git do to a folder.

use std::fs;
use std::io::Write;

use super::run::{Dossier, Mode, Watched, slow};

const NOTES: &str = "annotations/how-a-quotation-is-checked.md";
const HOME: &str = "annotations/pages/home.md";

/// Does something to a watched dossier, and waits until the output is what a clean build makes; with both
/// ways of watching.
fn check(edit: impl Fn(&Watched)) {
    for mode in [Mode::Native, Mode::Poll] {
        // A machine with too much to do may hear late for once
        assert!(
            (0..3).any(|_| is_heard(mode, &edit)),
            "the system announces changes that are not heard, {mode:?}"
        );
    }
}

/// Whether nothing had to be found that the system should have announced.
fn is_heard(mode: Mode, edit: &impl Fn(&Watched)) -> bool {
    let watched = Dossier::new().watch(mode);
    watched.until_clean();
    edit(&watched);
    watched.until_clean();
    !watched.said().contains("did not announce")
}

/// Steps of one dossier, each of which is waited for.
fn check_each(steps: &[&dyn Fn(&Watched)]) {
    check(|watched| {
        for step in steps {
            step(watched);
            watched.until_clean();
        }
    });
}

#[test]
fn a_file_is_made_changed_renamed_and_deleted() {
    check_each(&[
        &|watched| watched.write("seeds/new.txt", "A new source. It says little.\n"),
        &|watched| watched.write("annotations/new.md", "## Little\n\n> It says little.\n\nIndeed.\n"),
        &|watched| watched.replace("annotations/new.md", "Indeed.", "So it does."),
        &|watched| {
            watched.rename("seeds/new.txt", "seeds/newer.txt");
            watched.rename("annotations/new.md", "annotations/newer.md");
        },
        &|watched| watched.remove("annotations/newer.md"),
        &|watched| watched.remove("seeds/newer.txt"),
    ]);
}

#[test]
fn a_file_is_renamed_over_twice_in_a_row() {
    check(|watched| {
        let text = watched.read(HOME);
        for words in ["First.", "Second."] {
            watched.write("annotations/pages/.home.md.new", &format!("{text}\n{words}\n"));
            watched.rename("annotations/pages/.home.md.new", HOME);
        }
    });
}

#[test]
fn a_file_is_truncated_and_written_piece_by_piece() {
    check(|watched| {
        let text = watched.read(NOTES);
        let mut file = fs::File::create(watched.file(NOTES)).expect("writable");
        for piece in text.as_bytes().chunks(100) {
            file.write_all(piece)
                .and_then(|()| file.sync_data())
                .expect("writable");
        }
        file.write_all(b"\nAnd a last line.\n").expect("writable");
    });
}

/// vim with `backupcopy=no`: the old file moves away, a file `4913` tries whether the folder may be written
/// to, the new one is written, the backup goes.
#[test]
fn vim_saves() {
    check_each(&[&vim, &vim]);
}

fn vim(watched: &Watched) {
    let text = watched.read(HOME);
    watched.write("annotations/pages/.home.md.swp", "swap");
    watched.write("annotations/pages/4913", "");
    watched.remove("annotations/pages/4913");
    watched.rename(HOME, &format!("{HOME}~"));
    watched.write(HOME, &format!("{text}\nMore.\n"));
    watched.remove(&format!("{HOME}~"));
    watched.remove("annotations/pages/.home.md.swp");
}

/// A watch on the file alone would be dead after the first of them.
#[test]
fn settings_are_saved_by_an_editor() {
    let save = |watched: &Watched, title: &str| {
        watched.rename("casebook.toml", "casebook.toml~");
        watched.write("casebook.toml", &format!("[dossier]\ntitle = \"{title}\"\n"));
        watched.remove("casebook.toml~");
    };
    check_each(&[&|watched| save(watched, "First"), &|watched| save(watched, "Second"), &|watched| {
        watched.write(".casebook.toml.new", "[dossier]\ntitle = \"Third\"\n");
        watched.rename(".casebook.toml.new", "casebook.toml");
    }]);
}

/// Visual Studio Code: truncated, then written, in two steps.
#[test]
fn visual_studio_code_saves() {
    check(|watched| {
        let text = watched.read(HOME);
        let mut file = fs::File::create(watched.file(HOME)).expect("writable");
        file.sync_all().expect("writable");
        file.write_all(format!("{text}\nMore.\n").as_bytes())
            .expect("writable");
    });
}

/// JetBrains: the new file beside, the old one moved away, the new one in its place.
#[test]
fn jetbrains_saves() {
    check(|watched| {
        let text = watched.read(HOME);
        watched.write(&format!("{HOME}___jb_tmp___"), &format!("{text}\nMore.\n"));
        watched.rename(HOME, &format!("{HOME}___jb_old___"));
        watched.rename(&format!("{HOME}___jb_tmp___"), HOME);
        watched.remove(&format!("{HOME}___jb_old___"));
    });
}

/// Emacs leaves its backup beside the file for good.
#[test]
fn a_backup_that_stays_is_no_page() {
    check(|watched| {
        let text = watched.read(HOME);
        watched.rename(HOME, &format!("{HOME}~"));
        watched.write(HOME, &format!("{text}\nMore.\n"));
    });
}

#[test]
fn a_folder_is_removed_and_comes_back() {
    check_each(&[
        &|watched| watched.rename("annotations/pages", ".pages"),
        &|watched| watched.rename(".pages", "annotations/pages"),
        &|watched| watched.rename("annotations", ".annotations"),
        &|watched| watched.rename(".annotations", "annotations"),
        &|watched| watched.replace(HOME, "\n\n", "\n\nStill heard. "),
        &|watched| watched.rename("annotations", ".annotations"),
        // another folder of the same name
        &|watched| {
            fs::create_dir(watched.file("annotations")).expect("writable");
            for (path, bytes) in super::run::files(&watched.file(".annotations")) {
                super::run::write(&watched.file("annotations").join(path), bytes);
            }
        },
        &|watched| watched.replace(HOME, "Still heard.", "Heard here too."),
        // what was not heard is found late: by then that was said
        &|watched| watched.replace(HOME, "Heard here too.", "And once more."),
    ]);
}

#[test]
fn folders_are_made_with_all_that_is_in_them() {
    check_each(&[
        &|watched| {
            for i in 0..20 {
                watched
                    .write(&format!("seeds/a/b{i}/c/d/s{i}.txt"), &format!("Source number {i} says so.\n"));
                watched.write(
                    &format!("annotations/x/y/z{i}/s{i}.md"),
                    &format!("---\nsource: a-b{i}-c-d-s{i}\n---\n\n## N\n\n> Source number {i} says so.\n"),
                );
            }
        },
        &|watched| {
            watched.replace("annotations/x/y/z19/s19.md", "says so.\n", "says so.\n\nIn the innermost.\n")
        },
        &|watched| {
            watched.replace("annotations/x/y/z19/s19.md", "In the innermost.", "In the innermost, again.")
        },
        &|watched| {
            fs::remove_dir_all(watched.file("seeds/a"))
                .and_then(|()| fs::remove_dir_all(watched.file("annotations/x")))
                .expect("removable")
        },
    ]);
}

#[test]
fn a_branch_is_switched() {
    // What git does: many files are removed, others written, in the order of their names, the output among
    // them.
    check(|watched| {
        let before = super::run::files(&watched.path());
        watched.remove("annotations/topics/limits.md");
        watched.write(
            "annotations/claims/quotations-are-genuine.md",
            "---\ntitle: Quotations are genuine\nstatus: open\n---\n\nOn this branch.\n",
        );
        watched.write("public/index.html", "another branch's");
        watched.write("seeds/branch.txt", "Only on the branch.\n");
        watched.write("annotations/branch.md", "## Branch\n\n> Only on the branch.\n");
        watched.replace(HOME, "\n\n", "\n\nOn the branch. ");
        watched.until("the branch", |watched| watched.file("public/sources/branch.html").exists());
        // and back
        watched.remove("annotations/branch.md");
        watched.remove("seeds/branch.txt");
        let inputs = |path: &&String| !path.starts_with(".casebook") && !path.starts_with("public/");
        for path in before.keys().filter(inputs).chain([&"public/index.html".to_owned()]) {
            super::run::write(&watched.file(path), &before[path]);
        }
    });
}

/// The same by git itself; the output is not under its control.
#[test]
fn git_switches_branches() {
    if !std::process::Command::new("git")
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success())
    {
        eprintln!("skipped: there is no git here");
        return;
    }
    check(|watched| {
        let git = |arguments: &[&str]| {
            let mut git = std::process::Command::new("git");
            git.args(["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.autocrlf=false"])
                .args(arguments);
            let output = git
                .current_dir(watched.path())
                .env("GIT_CONFIG_GLOBAL", "/dev/null")
                .output()
                .expect("git starts");
            assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        };
        git(&["init", "-q"]);
        git(&["checkout", "-q", "-b", "one"]);
        watched.write(".gitignore", "/public\n/.casebook\n");
        git(&["add", "-A"]);
        git(&["commit", "-q", "-m", "one"]);
        git(&["checkout", "-q", "-b", "two"]);
        for i in 0..30 {
            watched.write(&format!("seeds/more/s{i}.txt"), &format!("Source number {i} says so.\n"));
        }
        watched.remove("annotations/topics/limits.md");
        watched.replace(HOME, "\n\n", "\n\nOn the branch. ");
        git(&["add", "-A"]);
        git(&["commit", "-q", "-m", "two"]);
        watched.until_clean();
        for branch in ["one", "two", "one"] {
            git(&["checkout", "-q", branch]);
            watched.until_clean();
        }
    });
}

#[test]
fn a_flood_of_saves_ends_in_the_last() {
    for mode in [Mode::Native, Mode::Poll] {
        let watched = Dossier::new().watch(mode);
        let text = watched.read(HOME);
        let page = watched.listen("/");
        watched.until("the page", |_| page.told().contains("event: report"));
        let before = watched.builds();
        let began = std::time::Instant::now();
        for i in 0..1000 {
            watched.write(HOME, &format!("{text}\nSave number {i}.\n"));
        }
        let seconds = began.elapsed().as_secs_f64();
        watched.until_clean();
        assert!(watched.read("public/index.html").contains("Save number 999."));
        let builds = watched.builds() - before;
        let few = 3.0 + 12.0 * (seconds + 1.0);
        assert!((builds as f64) < few, "{builds} builds in {seconds} s, {mode:?}");
        watched.until("a reload", |_| page.told().contains("reload"));
        assert!((page.told().matches("reload").count() as f64) < few, "in {seconds} s: {}", page.told());
    }
}

#[test]
fn a_quotation_breaks_and_is_mended() {
    check(|watched| {
        let good = watched.public();
        let lines = watched.lines();
        watched.replace(
            "annotations/what-a-check-does-not-say.md",
            "a choice can mislead",
            "a choice may mislead",
        );
        watched.until_said(lines, "`d/public` stays as it was");
        let said = watched.said_since(lines);
        assert!(said.contains("error[quote-drifted]"), "{said}");
        // In the words of `build`
        let built = super::run::program(&watched.path().join(".."), &["build", "d"])
            .output()
            .expect("the program starts");
        let told = String::from_utf8_lossy(&built.stderr).into_owned();
        let (mistake, _closing) = told
            .trim_end()
            .rsplit_once("\n\n")
            .expect("a mistake and a closing line");
        assert!(said.contains(mistake), "`build` told:\n{mistake}\n`watch` said:\n{said}");
        assert!(watched.public() == good, "`public` changed; it said:\n{}", watched.said());
        // another change does not publish what is broken
        let lines = watched.lines();
        watched.replace(HOME, "\n\n", "\n\nMeanwhile. ");
        watched.until_said(lines, "stays as it was");
        assert!(!watched.said_since(lines).contains("error["), "the mistakes are the same, and were told");
        assert!(watched.public() == good, "`public` changed; it said:\n{}", watched.said());
        let lines = watched.lines();
        watched.replace(
            "annotations/what-a-check-does-not-say.md",
            "a choice may mislead",
            "a choice can mislead",
        );
        watched.until_said(lines, "no mistakes");
    });
}

/// What was true of a file may cease to be by the change of another.
#[test]
fn mistakes_are_told_of_files_that_nobody_touched() {
    const OTHER: &str = "annotations/what-a-check-does-not-say.md";
    check(|watched| {
        watched.write(
            "annotations/pages/links.md",
            "---\ntitle: Links\n---\n\nSee [[what-a-check-does-not-say#choice]].\n",
        );
        watched.until_clean();
        let lines = watched.lines();
        watched.replace(OTHER, "{#choice}", "{#chosen}");
        watched.until_said(lines, "stays as it was");
        assert!(
            watched
                .said_since(lines)
                .contains(" --> annotations/pages/links.md:5:"),
            "{}",
            watched.said_since(lines)
        );
        watched.replace(OTHER, "{#chosen}", "{#choice}");
        watched.until_clean();
        // A source goes, and the notes on it stay
        let lines = watched.lines();
        watched.rename("seeds/what-a-check-does-not-say.txt", ".gone.txt");
        watched.until_said(lines, "stays as it was");
        assert!(
            watched.said_since(lines).contains("what-a-check-does-not-say.md:"),
            "{}",
            watched.said_since(lines)
        );
        watched.rename(".gone.txt", "seeds/what-a-check-does-not-say.txt");
        watched.until_said(lines, "no mistakes");
    });
}

#[test]
fn a_template_breaks_and_is_mended() {
    check(|watched| {
        let good = watched.public();
        for broken in ["{% if %}", "{{ page.nothing.at.all }}"] {
            let lines = watched.lines();
            watched.write("templates/sources.html", broken);
            watched.until_said(lines, "stays as it was");
            assert!(watched.public() == good, "`public` changed; it said:\n{}", watched.said());
        }
        watched.write(
            "templates/sources.html",
            "{% extends \"base.html\" %}{% block main %}<p>My own list.</p>{% endblock main %}",
        );
        watched.until_clean();
        watched.write("templates/assets/casebook.css", "body { color: teal }\n");
        watched.until_clean();
        fs::remove_dir_all(watched.file("templates")).expect("removable");
    });
}

#[test]
fn settings_change_break_and_are_mended() {
    check(|watched| {
        let good = watched.public();
        watched.write("casebook.toml", "[dossier]\ntitle = \"Another title\"\n");
        watched.until_clean();
        assert!(watched.public() != good);
        let good = watched.public();
        for broken in ["[dossier\n", "format = 99\n", "[dossier]\nlanguage = \"English!\"\n"] {
            let lines = watched.lines();
            watched.write("casebook.toml", broken);
            watched.until_said(lines, "the settings from before hold");
            // what is edited meanwhile waits
            watched.write(HOME, &format!("{}\nOnce more.\n", watched.read(HOME)));
            assert!(watched.public() == good, "`public` changed; it said:\n{}", watched.said());
        }
        watched.write("casebook.toml", "[dossier]\ntitle = \"Mended\"\n[build]\nexclude = [\"*.txt\"]\n");
        let lines = watched.lines();
        watched.until_said(lines.saturating_sub(1), "error"); // the notes on an excluded source have none
        watched.write("casebook.toml", "[dossier]\ntitle = \"Mended\"\n");
        watched.until_clean();
        watched.rename("seeds", "sources");
        watched.write("casebook.toml", "[build]\nseeds = \"sources\"\n");
        watched.until_clean();
        watched.write("sources/more.txt", "A text in the renamed folder.\n");
        watched.until_clean();
        watched.remove("casebook.toml");
        watched.rename("sources", "seeds");
        watched.until_clean();
        // Another output: the old one stays as it is, the new one is kept
        watched.write("casebook.toml", "[build]\nout = \"site\"\n");
        watched.until("the other output", |watched| watched.file("site/.casebook.json").exists());
        let lines = watched.lines();
        watched.remove_all("site");
        watched.until_said(lines, "`d/site`: ");
        watched.remove_all("site");
        watched.remove("casebook.toml");
    });
}

#[test]
fn the_output_is_deleted_whole_and_in_part() {
    check_each(&[
        &|watched| watched.remove_all("public"),
        &|watched| watched.remove("public/sources/what-a-check-does-not-say.html"),
        &|watched| {
            for path in watched.public().keys().filter(|path| !path.starts_with('.')) {
                watched.remove(&format!("public/{path}"));
            }
        },
    ]);
}

/// While mistakes hold back what is new, the last good site comes back.
#[test]
fn the_output_is_deleted_while_there_are_mistakes() {
    const NOTES: &str = "annotations/what-a-check-does-not-say.md";
    for serves in [true, false] {
        for mode in [Mode::Native, Mode::Poll] {
            let options: &[&str] = if serves { &["--port", "0", "--no-open"] } else { &["--no-serve"] };
            let watched = Dossier::new().watch_with(mode, options);
            watched.until_clean();
            let good = watched.public();
            let lines = watched.lines();
            watched.replace(NOTES, "a choice can mislead", "a choice may mislead");
            watched.until_said(lines, "stays as it was");
            watched.remove_all("public");
            watched.until("the last good site", |watched| watched.public() == good);
            watched.remove("public/index.html");
            watched.until("the last good page", |watched| watched.public() == good);
            let lines = watched.lines();
            watched.write("casebook.toml", "[dossier\n");
            watched.until_said(lines, "the settings from before hold");
            watched.remove_all("public");
            watched.until("the last good site", |watched| watched.public() == good);
            watched.write("casebook.toml", "[dossier]\ntitle = \"Mended\"\n");
            watched.replace(NOTES, "a choice may mislead", "a choice can mislead");
            watched.until_clean();
        }
    }
}

#[test]
fn something_else_takes_the_place_of_the_output_while_there_are_mistakes() {
    for mode in [Mode::Native, Mode::Poll] {
        let watched = Dossier::new().watch(mode);
        watched.until_clean();
        let good = watched.public();
        let lines = watched.lines();
        watched.replace(HOME, "\n\n", "\n\n[no such](missing.md) ");
        watched.until_said(lines, "stays as it was");
        take_the_place(&watched);
        watched.until_said(lines, "file exists");
        watched.remove("public");
        watched.until("the last good site", |watched| watched.public() == good);
        watched.until_said(lines, "it works again; `d/public`: the last good site is back");
    }
}

/// A file where the output is, though the output may be back before it is there.
fn take_the_place(watched: &Watched) {
    let aside = (0..).map(|number| format!(".public{number}"));
    let _ = aside
        .map(|aside| watched.rename("public", &aside))
        .find(|()| fs::write(watched.file("public"), "a file").is_ok());
}

/// What the machine cannot do now is said once, and done as soon as it can be.
#[test]
fn something_else_takes_the_place_of_the_output() {
    check(|watched| {
        let lines = watched.lines();
        take_the_place(watched);
        watched.replace(HOME, "\n\n", "\n\nMeanwhile. ");
        watched.until_said(lines, "d/public");
        watched.replace(HOME, "Meanwhile.", "Meanwhile, twice.");
        watched.until("another look", |watched| watched.said_since(lines).contains("error"));
        assert_eq!(watched.said_since(lines).matches("error").count(), 1, "{}", watched.said());
        watched.remove("public");
        watched.until_said(lines, "it works again");
    });
}

#[test]
fn what_is_not_ours_in_the_output_stays() {
    for mode in [Mode::Native, Mode::Poll] {
        let watched = Dossier::new().watch(mode);
        let foreign = ["public/CNAME", "public/.git/config", "public/sources/mine.txt"];
        foreign.iter().for_each(|path| watched.write(path, "not ours"));
        watched.write("seeds/new.txt", "A new source.\n");
        watched.until("its page", |watched| watched.file("public/sources/new.html").exists());
        watched.remove("seeds/new.txt");
        watched.until("its end", |watched| !watched.file("public/sources/new.html").exists());
        foreign
            .iter()
            .for_each(|path| assert_eq!(watched.read(path), "not ours"));
    }
}

#[test]
fn another_content_of_the_same_size_and_time_is_seen() {
    check(|watched| {
        let path = watched.file(HOME);
        let time = std::time::SystemTime::now() - std::time::Duration::from_secs(3600);
        let dated = || {
            fs::File::options()
                .write(true)
                .open(&path)
                .and_then(|file| file.set_modified(time))
                .expect("a time can be set")
        };
        dated();
        watched.write("seeds/new.txt", "Something else, so that it is looked at.\n");
        watched.until_clean();
        let text = watched.read(HOME);
        let word = text
            .split(|c: char| !c.is_ascii_lowercase())
            .rfind(|word| word.len() > 5)
            .expect("a word");
        watched.write(HOME, &text.replace(word, &word.to_uppercase()));
        dated();
    });
}

#[test]
fn a_build_beside_it_is_no_trouble() {
    check(|watched| {
        watched.replace(HOME, "\n\n", "\n\nBoth at once. ");
        let built = super::run::program(&watched.path(), &["build", "-q"])
            .output()
            .expect("the program starts");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    });
}

#[test]
fn the_dossier_goes_and_comes_back() {
    check(|watched| {
        let good = watched.public();
        let lines = watched.lines();
        for name in ["seeds", "annotations", "casebook.toml"] {
            watched.rename(name, &format!(".{name}"));
        }
        watched.until_said(lines, "is no dossier any more");
        assert!(watched.public() == good, "`public` changed; it said:\n{}", watched.said());
        let lines = watched.lines();
        for name in ["seeds", "annotations", "casebook.toml"] {
            watched.rename(&format!(".{name}"), name);
        }
        watched.until_said(lines, "it works again");
        watched.until_clean();
        watched.replace(HOME, "\n\n", "\n\nHeard again. ");
    });
}

#[test]
fn what_editors_leave_beside_files_and_touching_them_builds_nothing() {
    for mode in [Mode::Native, Mode::Poll] {
        let watched = Dossier::new().watch(mode);
        let lines = watched.lines();
        watched.write("seeds/.4913.swp", "swap");
        watched.write("annotations/.#home.md", "lock");
        watched.write("annotations/pages/#home.md#", "auto-save");
        watched.write("annotations/pages/home.md~", "backup");
        watched.write(".git/index", "git");
        watched.write("README.txt", "not read");
        watched.write(HOME, &watched.read(HOME));
        // Something that counts comes last, so that all before it was looked at.
        watched.replace(HOME, "\n\n", "\n\nThis counts. ");
        watched.until_said(lines, " changed in ");
        watched.until_clean();
        let said = watched.said_since(lines);
        assert_eq!(said.lines().count(), 1, "{said}");
        assert!(said.starts_with("`annotations/pages/home.md`: ") && said.contains("index.html"), "{said}");
    }
}

/// Nothing is built where nothing happens, and next to nothing is done.
#[test]
fn idle_it_builds_nothing() {
    for mode in [Mode::Native, Mode::Poll] {
        let watched = Dossier::new().watch_with(mode, &["--port", "0", "--no-open", "-v"]);
        let lines = watched.lines();
        watched.replace(HOME, "\n\n", "\n\nA last word. ");
        watched.until_said(lines, " changed in ");
        watched.until_clean();
        let (lines, ticks) = (watched.lines(), watched.ticks());
        // This test is about time: there is no condition to wait for.
        let seconds = if slow() { 30 } else { 4 };
        std::thread::sleep(std::time::Duration::from_secs(seconds));
        assert_eq!(watched.said_since(lines), "", "{mode:?}");
        if let (Some(before), Some(after)) = (ticks, watched.ticks()) {
            assert!(
                after - before < 20 * seconds,
                "{} ticks of a hundredth in {seconds} s, {mode:?}",
                after - before
            );
        }
    }
}

/// A file that is not read for its name, and that would hold a source back, is told as soon as it says so.
#[test]
fn a_file_with_a_low_line_before_its_name_is_heard() {
    for mode in [Mode::Native, Mode::Poll] {
        let watched = Dossier::new().watch(mode);
        watched.write("seeds/letter.txt", "The mast is tall.\n");
        watched.write("seeds/_letter.txt.toml", "title = \"A letter\"\n");
        watched.until_clean();
        for (from, to) in [("title", "draft = true\ntitle"), ("title", "rights = \"none\"\ntitle")] {
            let lines = watched.lines();
            watched.replace("seeds/_letter.txt.toml", from, to);
            watched.until_said(lines, "_letter.txt.toml");
            watched.write("seeds/_letter.txt.toml", "title = \"A letter\"\n");
            watched.until_clean();
        }
    }
}

/// What becomes private while somebody watches is in no byte of the output any more.
#[test]
fn what_becomes_private_leaves_no_word_in_the_output() {
    const WORD: &str = "zyxwvutzq";
    let page = |line: &str| format!("---\ntitle: {WORD}\n{line}\n---\n\nWords of {WORD}.\n");
    check(|watched| {
        watched.write("annotations/pages/essay.md", &page("order: 3"));
        watched.until_clean();
        let holds = |watched: &Watched| {
            let files = watched.public();
            files
                .iter()
                .any(|(path, bytes)| path.contains(WORD) || String::from_utf8_lossy(bytes).contains(WORD))
        };
        assert!(holds(watched), "the word is published first");
        watched.write("annotations/pages/essay.md", &page("private: true"));
        watched.until_clean();
        assert!(!holds(watched), "a word of it stays");
    });
}
