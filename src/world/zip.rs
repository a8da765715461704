//! `--zip`: the published site as one file, the same bytes on every machine. Files are stored, not
//! compressed: pages are small, and what uploads or mails the archive compresses it better than we would.
//!
//! After APPNOTE 6.3.10: local headers and data, central directory, and the 64-bit records where the 32-bit
//! ones are too small.

use std::fs;
use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::model::path::SitePath;
use crate::world::off_limits::{OffLimits, absolute};
use crate::world::publish::file_ops::again;
use crate::world::publish::folder::OutFolder;
use crate::world::stop::{Stop, failed};
use crate::world::write;

/// 1 January 1980, the first day a zip knows: an archive of the same site is the same archive.
const DATE: u16 = 1 << 5 | 1;

/// Names are UTF-8.
const UTF8: u16 = 1 << 11;

/// What `file` begins with if it is an archive, which may then be replaced.
const LOCAL: u32 = 0x0403_4b50;
const EMPTY: u32 = 0x0605_4b50;

/// The comment of an archive that this program made.
const MARK: &[u8] = b"made by casebook";

/// Where the archive is written, if it may be: outside what is off limits, and over nothing but an archive
/// that this program made.
/// `file`: as it was typed, seen from the current folder.
pub fn check(file: &Path, current: &Path, off_limits: &OffLimits) -> Result<PathBuf, Stop> {
    let refused = |reason: &str| {
        let message = format!("the archive cannot be written to `{}`: {reason}", file.display());
        Stop::refused(
            message,
            "give `--zip` a name of its own, outside the site and the folders of the dossier",
        )
    };
    let typed = current.join(file);
    if typed.symlink_metadata().is_ok_and(|found| found.is_symlink()) && typed.metadata().is_err() {
        return Err(refused("it is a link to what is not there"));
    }
    let place = absolute(&typed)?;
    if let Some(reason) = off_limits.reason(&place)? {
        return Err(refused(&reason));
    }
    match place.metadata() {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(place),
        Err(cause) => return Err(failed("read", &place)(cause)),
        Ok(found) if !found.is_file() => return Err(refused("it is no file")),
        Ok(_) => {}
    }
    if let Some(name) = off_limits.other_name(&place) {
        return Err(refused(&format!("it is another name of `{name}`, which is never written to")));
    }
    let reason = match kind(&place).map_err(failed("read", &place))? {
        Kind::Ours => return Ok(place),
        Kind::Archive => "is there, and this program did not make it",
        Kind::Other => "is there and is no zip archive",
    };
    Err(Stop::refused(
        format!("`{}` {reason}", file.display()),
        "give `--zip` another name, or move the file away",
    ))
}

/// What lies where an archive is to be written.
enum Kind {
    Ours,
    Archive,
    Other,
}

fn kind(place: &Path) -> io::Result<Kind> {
    let mut file = fs::File::open(place)?;
    let length = file.metadata()?.len();
    let mut begin = [0; 4];
    if length < begin.len() as u64 {
        return Ok(Kind::Other);
    }
    file.read_exact(&mut begin)?;
    if ![LOCAL, EMPTY].contains(&u32::from_le_bytes(begin)) {
        return Ok(Kind::Other);
    }
    let mut end = Vec::new();
    file.seek(SeekFrom::Start(length.saturating_sub(MARK.len() as u64)))?;
    file.read_to_end(&mut end)?;
    Ok(if end == MARK { Kind::Ours } else { Kind::Archive })
}

/// Tries whether an archive can be written to its place, before anything else is.
pub fn try_place(file: &Path) -> Result<(), Stop> {
    let beside = write::beside(file);
    let made = fs::File::options().write(true).create_new(true).open(&beside);
    made.map_err(failed("write", file))?;
    fs::remove_file(&beside).map_err(failed("write", &beside))
}

/// Writes the files of the output, in the order of their paths, beside and then in place of an earlier
/// archive.
pub fn write(out: &OutFolder, files: &[SitePath], file: &Path) -> Result<(), Stop> {
    let beside = write::beside(file);
    let created = fs::File::options()
        .write(true)
        .create_new(true)
        .open(&beside)
        .map_err(failed("write", &beside))?;
    let written = fill(created, out, files, &beside);
    written
        .and_then(|()| again(|| fs::rename(&beside, file)).map_err(failed("write", file)))
        .inspect_err(|_| {
            let _ = fs::remove_file(&beside);
        })
}

fn fill(created: fs::File, out: &OutFolder, files: &[SitePath], beside: &Path) -> Result<(), Stop> {
    let mut archive = Archive { sink: BufWriter::new(created), at: 0, entries: Vec::new() };
    for path in files {
        let from = out.path().join(path.as_str());
        let bytes = fs::read(&from).map_err(failed("read", &from))?;
        archive.add(path.as_str(), &bytes).map_err(failed("write", beside))?;
    }
    archive.finish().map_err(failed("write", beside))
}

struct Archive<W: Write> {
    sink: W,
    at: u64,
    entries: Vec<Entry>,
}

struct Entry {
    name: String,
    checksum: u32,
    /// One page is never 4 GiB.
    size: u32,
    at: u64,
}

impl<W: Write> Archive<W> {
    fn add(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let size = u32::try_from(bytes.len()).map_err(|_| io::Error::from(io::ErrorKind::FileTooLarge))?;
        let entry = Entry { name: name.to_owned(), checksum: checksum(bytes), size, at: self.at };
        let mut head = Vec::with_capacity(30 + name.len());
        head.extend(LOCAL.to_le_bytes());
        head.extend(10u16.to_le_bytes()); // version needed: 1.0
        head.extend(common(&entry));
        head.extend(0u16.to_le_bytes()); // no extra field
        head.extend(name.as_bytes());
        self.entries.push(entry);
        self.put(&head)?;
        self.put(bytes)
    }

    fn finish(mut self) -> io::Result<()> {
        let start = self.at;
        let entries = std::mem::take(&mut self.entries);
        for entry in &entries {
            self.put(&directory_record(entry))?;
        }
        let end = end_records(entries.len() as u64, start, self.at - start);
        self.put(&end)?;
        self.sink.flush()
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.at += bytes.len() as u64;
        self.sink.write_all(bytes)
    }
}

/// The fields that both headers share: flags, stored, time, date, checksum, both sizes, the name's length.
fn common(entry: &Entry) -> Vec<u8> {
    let mut fields = Vec::with_capacity(22);
    for short in [UTF8, 0, 0, DATE] {
        fields.extend(short.to_le_bytes());
    }
    for long in [entry.checksum, entry.size, entry.size] {
        fields.extend(long.to_le_bytes());
    }
    // Paths of a site are far shorter than 64 KiB: each part is a slug or an asset's name.
    fields.extend((entry.name.len() as u16).to_le_bytes());
    fields
}

fn directory_record(entry: &Entry) -> Vec<u8> {
    let far = entry.at >= u64::from(u32::MAX);
    let mut record = Vec::with_capacity(46 + entry.name.len() + 12);
    record.extend(0x0201_4b50u32.to_le_bytes());
    record.extend((3u16 << 8 | 45).to_le_bytes()); // made on Unix, so that the permissions below count
    record.extend(if far { 45u16 } else { 10 }.to_le_bytes());
    record.extend(common(entry));
    record.extend(if far { 12u16 } else { 0 }.to_le_bytes());
    record.extend([0; 6]); // no comment, first disk, no hint on the content
    record.extend((0o100_644u32 << 16).to_le_bytes());
    record.extend(short_of(entry.at).to_le_bytes());
    record.extend(entry.name.as_bytes());
    if far {
        record.extend(1u16.to_le_bytes());
        record.extend(8u16.to_le_bytes());
        record.extend(entry.at.to_le_bytes());
    }
    record
}

/// The end of the directory; before it the 64-bit one where there are too many files or bytes for the other.
fn end_records(count: u64, start: u64, length: u64) -> Vec<u8> {
    let mut end = Vec::with_capacity(98 + MARK.len());
    if count >= u64::from(u16::MAX) || start + length >= u64::from(u32::MAX) {
        end.extend(0x0606_4b50u32.to_le_bytes());
        end.extend(44u64.to_le_bytes()); // the length of what follows
        end.extend((3u16 << 8 | 45).to_le_bytes());
        end.extend(45u16.to_le_bytes());
        end.extend([0; 8]); // first disk
        for long in [count, count, length, start] {
            end.extend(long.to_le_bytes());
        }
        end.extend(0x0706_4b50u32.to_le_bytes());
        end.extend([0; 4]);
        end.extend((start + length).to_le_bytes());
        end.extend(1u32.to_le_bytes());
    }
    end.extend(EMPTY.to_le_bytes());
    end.extend([0; 4]);
    let short = u16::try_from(count).unwrap_or(u16::MAX);
    end.extend(short.to_le_bytes());
    end.extend(short.to_le_bytes());
    end.extend(short_of(length).to_le_bytes());
    end.extend(short_of(start).to_le_bytes());
    end.extend((MARK.len() as u16).to_le_bytes()); // a constant of some bytes
    end.extend(MARK);
    end
}

/// A number in 32 bits, or the sign that it stands in the 64-bit record.
fn short_of(long: u64) -> u32 {
    u32::try_from(long).unwrap_or(u32::MAX)
}

/// CRC-32 as zip wants it (polynomial 0xEDB88320, reflected).
fn checksum(bytes: &[u8]) -> u32 {
    const TABLE: [u32; 256] = table();
    !bytes
        .iter()
        .fold(!0, |sum, byte| TABLE[(sum as u8 ^ byte) as usize] ^ sum >> 8)
}

const fn table() -> [u32; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let (mut sum, mut bit) = (byte as u32, 0);
        while bit < 8 {
            sum = if sum & 1 == 1 { 0xedb8_8320 ^ sum >> 1 } else { sum >> 1 };
            bit += 1;
        }
        table[byte] = sum;
        byte += 1;
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_that_of_the_standard() {
        assert_eq!(checksum(b"123456789"), 0xcbf4_3926); // the check value of CRC-32/ISO-HDLC
        assert_eq!(checksum(b""), 0);
    }

    #[test]
    fn the_64_bit_records_come_where_they_are_needed() {
        assert_eq!(end_records(3, 100, 50).len(), 22 + MARK.len());
        assert_eq!(end_records(70_000, 100, 50).len(), 98 + MARK.len());
        assert_eq!(end_records(3, 5 << 30, 50).len(), 98 + MARK.len());
    }
}
