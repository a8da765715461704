//! Promise 4 with the real program: killed at any moment, and many at once.

use std::collections::BTreeMap;
use std::process::Stdio;
use std::time::Duration;

use crate::folder::Folder;

/// How many times a build is killed; more with `CASEBOOK_SLOW=1`.
fn rounds() -> u32 {
    if std::env::var_os("CASEBOOK_SLOW").is_some_and(|slow| !slow.is_empty()) { 300 } else { 30 }
}

const SOURCES: usize = 60;

/// A dossier in one of two editions: every source differs, and each has some that the other lacks.
fn write_edition(folder: &Folder, edition: &str) {
    let _ = std::fs::remove_dir_all(folder.path().join("seeds"));
    folder.write("casebook.toml", "");
    for number in 0..SOURCES {
        folder.write(
            &format!("seeds/source-{number}.txt"),
            &format!("These are the words of source {number} in the {edition} edition.\n"),
        );
        folder.write(
            &format!("seeds/{edition}-{number}.txt"),
            &format!("Only the {edition} edition has source {number}.\n"),
        );
    }
}

fn site_of(edition: &str) -> BTreeMap<String, Vec<u8>> {
    let folder = Folder::new();
    write_edition(&folder, edition);
    assert_eq!(folder.run(&["build"]).code, 0);
    folder.tree("public")
}

/// The paths at which two trees are not the same.
fn differing<'a>(one: &'a BTreeMap<String, Vec<u8>>, other: &'a BTreeMap<String, Vec<u8>>) -> Vec<&'a str> {
    let differs = |path: &&String| one.get(*path) != other.get(*path);
    let paths: std::collections::BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    paths.into_iter().filter(differs).map(String::as_str).collect()
}

#[test]
fn a_killed_build_leaves_whole_files_and_the_next_one_a_clean_site() {
    let folder = Folder::new();
    let editions = ["first", "second"].map(|edition| (edition, site_of(edition)));
    write_edition(&folder, "first");
    let start = std::time::Instant::now();
    assert_eq!(folder.run(&["build"]).code, 0);
    let one_run = start.elapsed().max(Duration::from_millis(5));
    for round in 0..rounds() {
        let (edition, site) = &editions[(round as usize + 1) % 2];
        write_edition(&folder, edition);
        let mut child = folder
            .command(&["build", "-q"])
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        // Spread over the whole run, later moments more often: there the files are moved.
        std::thread::sleep(one_run.mul_f64(0.2 + 1.0 * f64::from(round % 10) / 10.0));
        let _ = child.kill();
        let _ = child.wait();
        for (path, bytes) in folder
            .tree("public")
            .iter()
            .filter(|(path, _)| !path.starts_with(".casebook"))
        {
            let whole = editions.iter().any(|(_, site)| site.get(path) == Some(bytes));
            assert!(whole, "round {round}: `{path}` is neither of the one nor of the other edition");
        }
        if round % 3 == 0 {
            assert_eq!(folder.run(&["build"]).code, 0);
            assert_eq!(differing(&folder.tree("public"), site), [""; 0], "round {round}");
        }
    }
}

/// What a reader finds after a kill, and how often: the site as it was, the new one, or a mix of both.
#[derive(Debug, Default)]
struct Found {
    old: u32,
    new: u32,
    mixed: u32,
}

/// A build that changes nearly every page is killed again and again, at moments spread over the second half
/// of a run, where the new site is laid ready and brought.
#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    let folder = Folder::new();
    let sites = [0, 1].map(|edition| without_our_own(site_with_our_own(edition)));
    write_edition(&folder, "first");
    assert_eq!(folder.run(&["build"]).code, 0);
    write_edition(&folder, "second");
    let start = std::time::Instant::now();
    assert_eq!(folder.run(&["build"]).code, 0);
    let one_run = start.elapsed();
    let mut found = Found::default();
    let mut lies = 1;
    for round in 0..rounds() {
        write_edition(&folder, ["first", "second"][1 - lies]);
        let mut child = folder
            .command(&["build", "-q"])
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        // The golden section spreads the moments evenly, however many there are.
        let part = (f64::from(round) * 0.618_033_988_75).fract();
        std::thread::sleep(one_run.mul_f64(0.5 + 0.6 * part));
        let _ = child.kill();
        let ended_well = child.wait().expect("it ends").success();
        let tree = without_our_own(folder.tree("public"));
        let is = |site: usize| differing(&tree, &sites[site]).is_empty();
        assert!(!ended_well || is(1 - lies), "round {round}: it ended well without the new site");
        match (is(lies), is(1 - lies)) {
            (true, _) => found.old += 1,
            (_, true) => found.new += 1,
            (false, false) => found.mixed += 1,
        }
        if !is(lies) {
            lies = 1 - lies;
            assert_eq!(folder.run(&["build"]).code, 0);
            let after = folder.tree("public");
            assert_eq!(
                differing(&after, &site_with_our_own(lies)),
                [""; 0],
                "round {round}: nothing of ours is left behind"
            );
        }
    }
    println!("{} kills: {found:?}", rounds());
    assert!(found.mixed * 300 <= rounds() || found.mixed == 0, "{found:?}");
    assert!(found.old > 0 && found.new > 0, "the kills met the end of no run: {found:?}");
}

/// The site of an edition, made once.
fn site_with_our_own(edition: usize) -> BTreeMap<String, Vec<u8>> {
    static SITES: std::sync::OnceLock<[BTreeMap<String, Vec<u8>>; 2]> = std::sync::OnceLock::new();
    SITES.get_or_init(|| ["first", "second"].map(site_of))[edition].clone()
}

/// What people read and upload: neither what lies ready nor the lock of a run that died.
fn without_our_own(tree: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    tree.into_iter()
        .filter(|(path, _)| !path.starts_with(".casebook"))
        .collect()
}

#[test]
fn builds_at_the_same_time_all_end_well() {
    let folder = Folder::new();
    write_edition(&folder, "first");
    for _ in 0..3 {
        let spawn = |_| {
            folder
                .command(&["build", "-q"])
                .stderr(Stdio::piped())
                .spawn()
                .expect("the program starts")
        };
        let children: Vec<_> = (0..4).map(spawn).collect();
        for child in children {
            let output = child.wait_with_output().expect("it ends");
            assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        }
        assert_eq!(folder.tree("public"), site_of("first"));
        let _ = std::fs::remove_dir_all(folder.path().join("public"));
    }
}

/// Where the system takes a limit on the size of files for a full disk, the old site stays and the next run
/// mends.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_site() {
    let folder = Folder::new();
    write_edition(&folder, "first");
    assert_eq!(folder.run(&["build"]).code, 0);
    let before = folder.tree("public");
    write_edition(&folder, "second");
    // `ulimit -f 0`: no file may get a byte. The shell ignores the signal that comes with it, so that the
    // write fails instead.
    let program = env!("CARGO_BIN_EXE_casebook");
    let mut shell = std::process::Command::new("sh");
    shell
        .args(["-c", &format!("trap '' XFSZ; ulimit -f 0; exec {program} build 2>&1")])
        .current_dir(folder.path());
    let Ok(output) = shell.stdout(Stdio::piped()).output() else {
        println!("skipped: there is no shell");
        return;
    };
    let words = String::from_utf8_lossy(&output.stdout);
    assert_eq!(output.status.code(), Some(4), "{words}");
    assert!(
        words.contains("error: cannot write `") && words.contains("note: `public` is as it was"),
        "{words}"
    );
    assert_eq!(folder.tree("public"), before);
    assert_eq!(folder.run(&["build"]).code, 0);
    assert_eq!(folder.tree("public"), site_of("second"));
}
