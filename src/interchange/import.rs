use std::cmp::Ordering;

use serde::{Serialize, Serializer};

use crate::diary::{
    Amount, Body, ClockTime, Day, Diary, EntryId, InstrumentDefinition, Kind, Moment,
    OutcomeDefinition, OutcomeId, Range, Record, Recorded, RecordedBy, Sorting, Value, Writer,
    Writing,
};
use crate::error::{Code, Error, Result};

use super::csv::{Column, Row, Table};
use super::mapping::{
    AssessmentColumn, CheckInColumns, DateFormat, DoseColumn, Mapping, RatedOutcome,
};
use super::zone::{Zone, local_moment};

/// A file that was read and checked, not yet taken in.
#[derive(Debug)]
pub struct Imported {
    /// The records that are new to the diary, for one [`Diary::merge`].
    pub records: Vec<Record>,
    /// What the file holds, to be shown before anything is taken in.
    pub report: ImportReport,
}

/// What an import found.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportReport {
    /// Rows below the header.
    pub rows: usize,
    /// Rows in which every mapped rating, total, dose and note is empty.
    pub empty_rows: usize,
    /// Civil days with at least one row.
    pub days: usize,
    /// The first of them.
    #[serde(serialize_with = "as_text")]
    pub first: Option<Day>,
    /// The last of them.
    #[serde(serialize_with = "as_text")]
    pub last: Option<Day>,
    /// How many entries of each kind, in the order of the kinds.
    pub entries: Vec<EntryCount>,
    /// Columns that the mapping does not read, in the order of the file.
    pub ignored_columns: Vec<String>,
}

/// The count of a kind in counts that are sorted by kind.
fn count_of(counts: &mut Vec<EntryCount>, kind: Kind) -> &mut EntryCount {
    let place = counts.partition_point(|count| count.kind < kind);
    if counts.get(place).is_none_or(|count| count.kind != kind) {
        counts.insert(place, EntryCount { kind, new: 0, known: 0 });
    }
    &mut counts[place]
}

impl ImportReport {
    /// What a diary file holds that `diary` does not have yet.
    #[must_use]
    pub fn of_file(file: &Diary, diary: &Diary) -> Self {
        let mut entries = Vec::new();
        for Recorded { id, entry } in file.entries() {
            let count = count_of(&mut entries, entry.kind());
            match diary.record(id) {
                Some(_) => count.known += 1,
                None => count.new += 1,
            }
        }
        let mut days: Vec<Day> = file.entries().map(|recorded| recorded.entry.day()).collect();
        days.arrange_by(Ord::cmp);
        days.dedup();
        Self {
            rows: file.records().len(),
            empty_rows: 0,
            days: days.len(),
            first: days.first().copied(),
            last: days.last().copied(),
            entries,
            ignored_columns: Vec::new(),
        }
    }
}

/// How many entries of one kind a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EntryCount {
    /// The kind.
    #[serde(serialize_with = "kind_text")]
    pub kind: Kind,
    /// Entries that the diary does not have yet.
    pub new: usize,
    /// Entries that an earlier import of the same rows brought in, removed ones too. They are
    /// left as they are.
    pub known: usize,
}

fn as_text<S: Serializer>(day: &Option<Day>, serializer: S) -> Result<S::Ok, S::Error> {
    day.map(|day| day.to_string()).serialize(serializer)
}

fn kind_text<S: Serializer>(kind: &Kind, serializer: S) -> Result<S::Ok, S::Error> {
    kind.as_str().serialize(serializer)
}

/// Reads a CSV file into records for `diary`, which is not changed.
///
/// All records carry the stamp of `writing`. Their identifiers follow from the mapping's name and
/// the row, so that rows imported before are found again: those are counted and left as they are,
/// with whatever the person has changed or removed since.
///
/// # Errors
/// What is wrong with the first cell that cannot be read, in the field `row[n].column`. Rows are
/// counted as a spreadsheet shows them, the header being row 1.
pub fn read_csv(
    bytes: &[u8],
    mapping: &Mapping,
    zone: &dyn Zone,
    diary: &Diary,
    writing: Writing,
) -> Result<Imported> {
    let table = Table::read(bytes, mapping.delimiter)?;
    let lines = read_lines(&table, mapping, zone, writing)?;
    let first = lines.first().map(|line| line.day);
    let mut import = Import {
        mapping,
        table: &table,
        lines: &lines,
        filled: vec![false; lines.len()],
        defined_on: first.unwrap_or_else(|| writing.now.day(writing.day_start)),
        diary,
        writing,
        staging: Diary::new(diary.catalogue().clone()),
        records: Vec::new(),
        counts: Vec::new(),
    };
    for (place, group) in mapping.check_ins.iter().enumerate() {
        import.check_ins(place, group)?;
    }
    for assessment in &mapping.assessments {
        import.assessments(assessment)?;
    }
    for dose in &mapping.doses {
        import.doses(dose)?;
    }
    let read: Vec<&str> = mapping.columns().collect();
    let ignored = table.columns().filter(|column| !read.contains(column));
    let report = ImportReport {
        rows: lines.len(),
        empty_rows: import.filled.iter().filter(|filled| !**filled).count(),
        days: lines.chunk_by(|one, next| one.day == next.day).count(),
        first,
        last: lines.last().map(|line| line.day),
        entries: import.counts,
        ignored_columns: ignored.map(str::to_owned).collect(),
    };
    Ok(Imported { records: import.records, report })
}

/// A row with the time it is about.
struct Line<'a> {
    row: Row<'a>,
    day: Day,
    at: Option<Moment>,
}

/// Every row with its time, by day and instant; rows of one instant in the order of the file.
fn read_lines<'a>(
    table: &'a Table,
    mapping: &Mapping,
    zone: &dyn Zone,
    writing: Writing,
) -> Result<Vec<Line<'a>>> {
    let date_column = table.column(&mapping.date)?;
    let time_columns = columns(table, mapping.time.iter())?;
    let tomorrow = writing.now.day(writing.day_start).plus(1);
    let mut lines = Vec::new();
    for row in table.rows() {
        let text = row.cell(&date_column);
        let date = read_date(text, mapping.date_format);
        let date = date.map_err(|error| row.refuse(&date_column, error))?;
        let time = time_columns.iter().find(|column| !is_missing(mapping, row.cell(column)));
        let at = match time {
            Some(column) => {
                let moment =
                    read_time(row.cell(column)).and_then(|ms| local_moment(zone, date, ms));
                Some(moment.map_err(|error| row.refuse(column, error))?)
            }
            None => None,
        };
        let day = at.map_or(date, |at| at.day(writing.day_start));
        if day > tomorrow {
            let refusal = Error::new(Code::OutOfRange, "").with("value", day.to_string());
            let refusal = refusal.with("min", Day::FIRST.to_string());
            return Err(row.refuse(&date_column, refusal.with("max", tomorrow.to_string())));
        }
        lines.push(Line { row, day, at });
    }
    lines.arrange_by_key(|line| (line.day, line.at.map(Moment::ms)));
    Ok(lines)
}

fn read_date(text: &str, format: DateFormat) -> Result<Day> {
    let bad = || Error::new(Code::BadDate, "").with("value", text);
    let parts: Vec<&str> = text.split(format.separator).collect();
    let [_, _, _] = parts[..] else { return Err(bad()) };
    let [year, month, day] = format.order.map(|place| parts[place]);
    Day::parse(&format!("{year}-{month:0>2}-{day:0>2}")).map_err(|_| bad())
}

/// Milliseconds after midnight of `H:MM`, `HH:MM` or `HH:MM:SS`.
fn read_time(text: &str) -> Result<i64> {
    let bad = || Error::new(Code::BadDate, "").with("value", text);
    let (minutes, seconds) = match text.match_indices(':').nth(1) {
        Some((place, _)) => (&text[..place], &text[place + 1..]),
        None => (text, "00"),
    };
    let clock = ClockTime::parse(&format!("{minutes:0>5}")).map_err(|_| bad())?;
    let is_plain = seconds.len() == 2 && seconds.bytes().all(|byte| byte.is_ascii_digit());
    match seconds.parse::<i64>() {
        Ok(seconds) if is_plain && seconds < 60 => {
            Ok((i64::from(clock.minutes()) * 60 + seconds) * 1000)
        }
        _ => Err(bad()),
    }
}

fn is_missing(mapping: &Mapping, cell: &str) -> bool {
    cell.is_empty() || mapping.missing.iter().any(|word| word.as_ref() == cell)
}

fn columns<'a>(table: &Table, names: impl Iterator<Item = &'a Box<str>>) -> Result<Vec<Column>> {
    names.map(|name| table.column(name)).collect()
}

/// One import on its way. Drafts are checked against a diary that holds nothing but this
/// mapping's definitions, medicines and steps.
struct Import<'a> {
    mapping: &'a Mapping,
    table: &'a Table,
    lines: &'a [Line<'a>],
    /// For each line, whether anything in it became part of an entry.
    filled: Vec<bool>,
    defined_on: Day,
    diary: &'a Diary,
    writing: Writing,
    staging: Diary,
    records: Vec<Record>,
    counts: Vec<EntryCount>,
}

/// A rated column: what it is rated under, and on which scale.
struct Rated<'a> {
    column: Column,
    outcome: &'a str,
    range: Range,
}

impl<'a> Import<'a> {
    fn check_ins(&mut self, place: usize, group: &'a CheckInColumns) -> Result<()> {
        let mut rated = Vec::new();
        for rating in &group.ratings {
            let column = self.table.column(&rating.column)?;
            rated.push(match &rating.outcome {
                RatedOutcome::BuiltIn(outcome) => {
                    Rated { column, outcome: OutcomeId::as_str(outcome), range: Range::ZERO_TO_TEN }
                }
                RatedOutcome::Own(own) => {
                    Rated { column, outcome: &own.outcome, range: self.define_outcome(own)? }
                }
            });
        }
        let group = Group {
            place,
            rated,
            sleep_hours: columns(self.table, group.sleep_hours.iter())?.pop(),
            note: columns(self.table, group.note.iter())?.pop(),
            once_a_day: group.once_a_day,
        };
        let lines = self.lines;
        let mut start = 0;
        while start < lines.len() {
            let end = if group.once_a_day {
                start + lines[start..].iter().take_while(|l| l.day == lines[start].day).count()
            } else {
                start + 1
            };
            self.check_in(&group, start..end)?;
            start = end;
        }
        Ok(())
    }

    /// One check-in from the first cell of each column that is not empty in these lines.
    fn check_in(&mut self, group: &Group<'_>, span: std::ops::Range<usize>) -> Result<()> {
        let line = &self.lines[span.start];
        let mut ratings = Vec::new();
        for rated in &group.rated {
            if let Some((row, value)) = self.first_number(&rated.column, span.clone())? {
                rated.range.check(value).map_err(|error| row.refuse(&rated.column, error))?;
                ratings.push((rated.outcome, value));
            }
        }
        let mut sleep_hours = None;
        if let Some(column) = &group.sleep_hours
            && let Some((row, value)) = self.first_number(column, span.clone())?
        {
            let fits = Range::new(0.0, 24.0).and_then(|range| range.check(value));
            fits.map_err(|error| row.refuse(column, error))?;
            sleep_hours = Some(value);
        }
        let note = group.note.as_ref().and_then(|column| self.first_text(column, span.clone()));
        if ratings.is_empty() && sleep_hours.is_none() && note.is_none() {
            return Ok(());
        }
        let key = if group.once_a_day {
            format!("check-in {} {}", group.place, line.day)
        } else {
            let same = |other: &&Line<'_>| other.day == line.day && other.at == line.at;
            let earlier = self.lines[..span.start].iter().rev().take_while(same).count();
            let time = line.at.map_or_else(|| "-".to_owned(), |at| at.clock_time().to_string());
            format!("check-in {} {} {time} {earlier}", group.place, line.day)
        };
        let at = if group.once_a_day { None } else { line.at };
        let record = self.prepare(Kind::CheckIn, &key, line.day, at, |w| {
            if !ratings.is_empty() {
                w.field("ratings").object(|w| {
                    for (outcome, value) in ratings {
                        w.number_field(outcome, value);
                    }
                });
            }
            w.optional_number("sleepHours", sleep_hours);
            w.optional_text("note", note);
        });
        let record = record.map_err(|error| line.row.refuse_whole(error))?;
        self.keep(Kind::CheckIn, record);
        Ok(())
    }

    fn assessments(&mut self, assessment: &AssessmentColumn) -> Result<()> {
        let column = self.table.column(&assessment.column)?;
        let range = match self.staging.catalogue().instrument(&assessment.instrument) {
            Some(shape) => Some(shape.total),
            None => {
                assessment.definition.as_ref().map(|own| self.define_instrument(own)).transpose()?
            }
        };
        for (line, value) in self.daily(&column)? {
            let fits = range.map_or(Ok(()), |range| range.check(value));
            fits.map_err(|error| line.row.refuse(&column, error))?;
            let key = format!("assessment {} {}", assessment.instrument, line.day);
            let record = self.prepare(Kind::Assessment, &key, line.day, None, |w| {
                w.text_field("instrument", &assessment.instrument);
                w.number_field("total", value);
            });
            let record = record.map_err(|error| line.row.refuse_whole(error))?;
            self.keep(Kind::Assessment, record);
        }
        Ok(())
    }

    fn doses(&mut self, dose: &DoseColumn) -> Result<()> {
        let column = self.table.column(&dose.column)?;
        let key = format!("medicine {}", dose.column);
        let first_day = self.defined_on;
        let medicine = self.prepare(Kind::Medicine, &key, first_day, None, |w| {
            dose.medicine.write(w);
        })?;
        let id = medicine.id();
        self.staging.merge([medicine.clone()]);
        self.keep(Kind::Medicine, medicine);
        let range = Range::new(0.0, Amount::MAX)?;
        let mut before = None;
        for (line, amount) in self.daily(&column)? {
            range.check(amount).map_err(|error| line.row.refuse(&column, error))?;
            let Some(action) = action(before, amount) else { continue };
            before = Some(amount);
            let key = format!("step {} {}", dose.column, line.day);
            let record = self.prepare(Kind::Step, &key, line.day, None, |w| {
                w.plain_field("medicine", id);
                w.plain_field("action", action);
                if amount > 0.0 {
                    w.field("schedule").object(|w| {
                        w.plain_field("repeat", "daily");
                        w.plain_field("unit", dose.unit);
                        w.field("doses").list([amount], |w, amount| {
                            w.object(|w| w.number_field("amount", amount));
                        });
                    });
                }
                w.optional_plain("since", dose.since.filter(|_| action == "start"));
            });
            let record = record.map_err(|error| line.row.refuse_whole(error))?;
            self.staging.merge([record.clone()]);
            self.keep(Kind::Step, record);
        }
        Ok(())
    }

    /// Sees to it that an outcome is defined, and gives back its scale: the diary's own where it
    /// has one.
    fn define_outcome(&mut self, own: &OutcomeDefinition) -> Result<Range> {
        if let Some(defined) = self.diary.outcome_definition(&own.outcome) {
            let range = defined.range;
            let here = self.diary.entries().find(|recorded| {
                matches!(recorded.entry.body(), Body::Outcome(o) if o.outcome == own.outcome)
            });
            let record = here.and_then(|recorded| self.diary.record(recorded.id)).cloned();
            self.staging.merge(record);
            self.count(Kind::Outcome).known += 1;
            return Ok(range);
        }
        let key = format!("outcome {}", own.outcome);
        let day = self.defined_on;
        let record = self.prepare(Kind::Outcome, &key, day, None, |w| own.write(w))?;
        self.staging.merge([record.clone()]);
        self.keep(Kind::Outcome, record);
        Ok(own.range)
    }

    fn define_instrument(&mut self, own: &InstrumentDefinition) -> Result<Range> {
        let here = self.diary.entries().find_map(|recorded| match recorded.entry.body() {
            Body::Instrument(defined) if defined.instrument == own.instrument => {
                Some((recorded.id, defined.range))
            }
            _ => None,
        });
        if let Some((id, range)) = here {
            self.staging.merge(self.diary.record(id).cloned());
            self.count(Kind::Instrument).known += 1;
            return Ok(range);
        }
        let key = format!("instrument {}", own.instrument);
        let day = self.defined_on;
        let record = self.prepare(Kind::Instrument, &key, day, None, |w| own.write(w))?;
        self.staging.merge([record.clone()]);
        self.keep(Kind::Instrument, record);
        Ok(own.range)
    }

    fn prepare(
        &self,
        kind: Kind,
        key: &str,
        day: Day,
        at: Option<Moment>,
        body: impl FnOnce(&mut Writer),
    ) -> Result<Record> {
        let mut w = Writer::default();
        w.object(|w| {
            w.plain_field("kind", kind);
            w.plain_field("day", day);
            w.optional_plain("at", at);
            w.plain_field("recordedBy", RecordedBy::Import);
            body(w);
        });
        let id = entry_id(&self.mapping.name, key, day);
        let draft = w.finish();
        let fields = Value::from_json(&draft)?.object()?;
        self.staging.prepare_fields(fields, id, self.writing)
    }

    /// Counts a record, and keeps it when it is new to the diary.
    fn keep(&mut self, kind: Kind, record: Record) {
        if self.diary.record(record.id()).is_some() {
            self.count(kind).known += 1;
        } else {
            self.count(kind).new += 1;
            self.records.push(record);
        }
    }

    fn count(&mut self, kind: Kind) -> &mut EntryCount {
        count_of(&mut self.counts, kind)
    }

    fn text(&self, column: &Column, line: &Line<'a>) -> Option<&'a str> {
        let cell = line.row.cell(column);
        (!is_missing(self.mapping, cell)).then_some(cell)
    }

    fn number(&self, column: &Column, line: &Line<'a>) -> Result<Option<f64>> {
        let Some(cell) = self.text(column, line) else { return Ok(None) };
        let number = if self.mapping.decimal == ',' {
            cell.replace(',', ".").parse::<f64>()
        } else {
            cell.parse::<f64>()
        };
        match number {
            // Adding zero makes one zero of both.
            Ok(number) if number.is_finite() => Ok(Some(number + 0.0)),
            _ => {
                let refusal = Error::new(Code::WrongType, "").with("wanted", "a number");
                Err(line.row.refuse(column, refusal))
            }
        }
    }

    /// The first number of a column in these lines. Every one of them is read, so that a bad cell
    /// behind it is not overlooked.
    fn first_number(
        &mut self,
        column: &Column,
        span: std::ops::Range<usize>,
    ) -> Result<Option<(Row<'a>, f64)>> {
        let mut first = None;
        for place in span {
            let line = &self.lines[place];
            if let Some(number) = self.number(column, line)? {
                self.filled[place] = true;
                first.get_or_insert((line.row, number));
            }
        }
        Ok(first)
    }

    fn first_text(&mut self, column: &Column, span: std::ops::Range<usize>) -> Option<&'a str> {
        let place = span.into_iter().find(|&p| self.text(column, &self.lines[p]).is_some())?;
        self.filled[place] = true;
        self.text(column, &self.lines[place])
    }

    /// The number of each day of a column that may repeat it in every row of the day.
    fn daily(&mut self, column: &Column) -> Result<Vec<(&'a Line<'a>, f64)>> {
        let mut daily: Vec<(&Line<'_>, f64)> = Vec::new();
        for (place, line) in self.lines.iter().enumerate() {
            let Some(number) = self.number(column, line)? else { continue };
            self.filled[place] = true;
            match daily.last() {
                Some((first, value)) if first.day == line.day => {
                    if value.total_cmp(&number).is_ne() {
                        let refusal = Error::new(Code::OutOfRange, "").with("value", number);
                        let refusal = refusal.with("min", *value).with("max", *value);
                        return Err(line.row.refuse(column, refusal));
                    }
                }
                _ => daily.push((line, number)),
            }
        }
        Ok(daily)
    }
}

/// A group of columns as they stand in the file.
struct Group<'a> {
    place: usize,
    rated: Vec<Rated<'a>>,
    sleep_hours: Option<Column>,
    note: Option<Column>,
    once_a_day: bool,
}

/// What has happened between two daily doses; `None` when nothing has.
fn action(before: Option<f64>, now: f64) -> Option<&'static str> {
    let Some(before) = before else { return (now > 0.0).then_some("start") };
    match now.total_cmp(&before) {
        Ordering::Equal => None,
        Ordering::Less if now > 0.0 => Some("decrease"),
        Ordering::Less => Some("stop"),
        Ordering::Greater if before > 0.0 => Some("increase"),
        Ordering::Greater => Some("resume"),
    }
}

/// The identifier of what a mapping reads under `key`: a version 7 UUID of the day's start and
/// ten bytes of the FNV-1a hash of `<mapping>\n<key>` with 128 bits (draft-eastlake-fnv §2).
fn entry_id(mapping: &str, key: &str, day: Day) -> EntryId {
    const OFFSET: u128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d;
    const PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013b;
    let bytes = mapping.bytes().chain([b'\n']).chain(key.bytes());
    let hash = bytes.fold(OFFSET, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(PRIME));
    let mut random = [0; 10];
    random.copy_from_slice(&hash.to_be_bytes()[6..]);
    let ms = u64::try_from(day.number()).unwrap_or(0) * 86_400_000;
    EntryId::new(ms, random)
}
