//! One open diary, and one function for each call of the JS API.

use std::cell::RefCell;

use serde::Serialize;
use serde_wasm_bindgen::Deserializer;
use wasm_bindgen::prelude::*;

use super::edge::{Zone, random};
use super::encode::refusal;
use super::parcel::Parcel;
use crate::analysis::Kept;
use crate::diary::{
    ClockTime, Diary, EntryId, Moment, Reader, Record, SCHEMA_VERSION, Stamp, Writing, read_json,
    read_lines,
};
use crate::error::{Code, Error, Result};
use crate::interchange::request::{self, AdherenceOptions, Filter, OpenOptions};
use crate::interchange::{ImportReport, Mapping, calendar, read_csv, read_questionnaire};
use crate::reference;
use crate::report::{self, AsOf, InstrumentView, Words};
use crate::safety::{self, Capability, Settings};

/// The result of a call: plain data or a thrown refusal.
type Answer<T = JsValue> = std::result::Result<T, JsValue>;

/// A change that is checked and not yet made: what a store must keep for it. Ten years of records as
/// objects would hold the page up when they arrive, so lists are texts of one item a line.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Prepared {
    /// The form that the records are written in.
    schema_version: u32,
    /// The entry that is changed, the last one where there are several.
    id: Option<String>,
    /// Entries whose earlier versions go.
    erase: String,
    /// Of each version to add: its entry,
    ids: String,
    /// its stamp,
    stamps: String,
    /// and its record.
    records: String,
}

impl Prepared {
    fn of(parts: impl IntoIterator<Item = Record>) -> Self {
        let mut change = Self { schema_version: SCHEMA_VERSION, ..Self::default() };
        for part in parts {
            let id = part.id().to_string();
            if part.is_erased() {
                change.erase(&id);
            }
            add_line(&mut change.ids, &id);
            add_line(&mut change.stamps, &part.stamp().to_string());
            add_line(&mut change.records, &part.to_json());
            change.id = Some(id);
        }
        change
    }

    fn erase(&mut self, id: &str) {
        add_line(&mut self.erase, id);
    }

    /// What of these records a diary does not have.
    fn news<'a>(records: impl IntoIterator<Item = &'a Record>, diary: &'a Diary) -> Self {
        Self::of(records.into_iter().flat_map(|record| record.news_to(diary.record(record.id()))))
    }

    /// The records as a store should hold them, in the place of what it holds.
    fn afresh<'a>(records: impl Iterator<Item = &'a Record> + Clone) -> Self {
        let mut change = Self::of(records.clone().flat_map(Record::apart));
        change.erase.clear();
        records.for_each(|record| change.erase(&record.id().to_string()));
        change
    }
}

/// What an import found, with the change it makes.
#[derive(Serialize)]
struct PreparedImport {
    result: ImportReport,
    change: Prepared,
}

/// A row that was taken back, and when.
#[derive(Serialize)]
struct RevocationView {
    id: Box<str>,
    at: Moment,
}

/// An open diary.
#[wasm_bindgen]
pub struct Session {
    diary: Diary,
    /// Takes records in until the opening is finished.
    reader: Option<Reader>,
    subject: Option<String>,
    zone: Zone,
    day_start: ClockTime,
    /// The instant the diary is looked at from, where it is not the clock's.
    fixed_now: Option<Moment>,
    is_clinician: bool,
    safety: Settings,
    device: u64,
    words: Words,
    /// Instruments of which the portal brought the wording.
    brought: Vec<InstrumentView>,
    /// What the last timelines concluded.
    kept: RefCell<Kept>,
}

#[wasm_bindgen]
impl Session {
    /// Starts a session with an empty diary.
    ///
    /// # Errors
    /// What is wrong with an option.
    #[wasm_bindgen(constructor)]
    pub fn new(
        #[wasm_bindgen(unchecked_param_type = "SessionOptions")] options: JsValue,
    ) -> Answer<Self> {
        super::edge::report_panics();
        let words = Words::english();
        let open = || -> Result<Self> {
            let options = OpenOptions::read(Deserializer::from(options))?;
            Ok(Self {
                diary: Diary::new(reference::catalogue()),
                reader: Some(Reader::new(reference::catalogue())),
                subject: options.subject,
                zone: Zone::new(options.zone.as_deref())?,
                day_start: options.day_start.unwrap_or(ClockTime::DEFAULT_DAY_START),
                fixed_now: options.now,
                is_clinician: options.is_clinician,
                safety: options.safety,
                device: u64::from_le_bytes(random()),
                words,
                brought: Vec::new(),
                kept: RefCell::default(),
            })
        };
        open().map_err(|error| refusal(&error, &words))
    }

    fn refuse<T>(&self, result: Result<T>) -> Answer<T> {
        result.map_err(|error| refusal(&error, &self.words))
    }

    fn answer(&self, result: Result<impl Serialize>) -> Answer {
        let result = self.refuse(result)?;
        Parcel::of(&result).map_err(|error| JsError::from(error).into())
    }

    /// The answer of a part that can be left out.
    fn part<T: Serialize>(&self, part: Capability, view: impl FnOnce() -> Result<T>) -> Answer {
        self.answer(self.safety.offered.needs(part).and_then(|()| view()))
    }

    fn as_of(&self) -> Result<AsOf> {
        let today = self.zone.now(self.fixed_now)?.day(self.day_start);
        Ok(AsOf { today, day_start: self.day_start })
    }

    fn writing(&self) -> Result<Writing> {
        let now = self.zone.now(self.fixed_now)?;
        let ms = u64::try_from(now.ms()).unwrap_or(0);
        let stamp = Stamp::next(ms, self.device, self.diary.last_stamp());
        Ok(Writing { now, stamp, day_start: self.day_start })
    }

    fn prepared(&self, change: impl FnOnce(Writing) -> Result<Record>) -> Answer {
        self.answer(self.writing().and_then(change).map(|record| Prepared::of([record])))
    }

    /// Makes room for so many records, while the diary is being opened.
    pub fn expect(&mut self, records: usize) {
        if let Some(reader) = &mut self.reader {
            reader.expect(records);
        }
    }

    /// Takes in stored records of one form, one a line, while the diary is being opened.
    ///
    /// # Errors
    /// What is wrong with the first record that cannot be read.
    #[wasm_bindgen(js_name = addLines)]
    pub fn add_lines(&mut self, lines: &[u8], schema_version: u32) -> Answer<()> {
        let result = match &mut self.reader {
            Some(reader) => utf8(lines).and_then(|lines| reader.add_lines(lines, schema_version)),
            None => Ok(()),
        };
        self.refuse(result)
    }

    /// Ends the opening and gives back the change that brings the store up to date: null when it
    /// is. A store of an older form is written anew, and bodies that outlived their erasure go.
    ///
    /// # Errors
    /// When a number does not fit the scale it was recorded on.
    #[wasm_bindgen(js_name = finishOpening)]
    pub fn finish_opening(&mut self) -> Answer {
        let Some(reader) = self.reader.take() else { return Ok(JsValue::NULL) };
        let (is_older, survivors) = (reader.is_older(), reader.survivors());
        self.diary = self.refuse(reader.finish())?;
        if !is_older && survivors.is_empty() {
            return Ok(JsValue::NULL);
        }
        let stale = |record: &&Record| is_older || survivors.binary_search(&record.id()).is_ok();
        self.answer(Ok(Prepared::afresh(self.diary.records().iter().filter(stale))))
    }

    /// Whose diary a file holds; from now on this session's subject.
    ///
    /// # Errors
    /// What is wrong with the file.
    #[wasm_bindgen(js_name = subjectOf)]
    pub fn subject_of(&mut self, file: JsValue) -> Answer<String> {
        let file = self.refuse(text(&file, "file"))?;
        let (_, subject) = self.refuse(read_json(&file, reference::catalogue(), None))?;
        self.subject = Some(subject.clone());
        Ok(subject)
    }

    /// Checks a new entry.
    ///
    /// # Errors
    /// What is wrong with the draft.
    #[wasm_bindgen(js_name = prepareRecord)]
    pub fn prepare_record(&self, draft: JsValue) -> Answer {
        self.prepared(|writing| {
            // The stamp's time, not the clock's: entries of one instant keep their order.
            let id = EntryId::new(writing.stamp.ms(), random());
            self.diary.prepare_record(Deserializer::from(draft), id, writing)
        })
    }

    /// Checks a new reading of an entry.
    ///
    /// # Errors
    /// What is wrong with the identifier or the draft.
    #[wasm_bindgen(js_name = prepareAmend)]
    pub fn prepare_amend(&self, id: JsValue, draft: JsValue) -> Answer {
        self.prepared(|writing| {
            self.diary.prepare_amend(entry_id(&id)?, Deserializer::from(draft), writing)
        })
    }

    /// Prepares a removal.
    ///
    /// # Errors
    /// When there is no such entry.
    #[wasm_bindgen(js_name = prepareRemove)]
    pub fn prepare_remove(&self, id: JsValue) -> Answer {
        self.prepared(|writing| self.diary.prepare_remove(entry_id(&id)?, writing))
    }

    /// Prepares to take back the change of an entry that bears a stamp.
    ///
    /// # Errors
    /// When there is no such entry, or no such change of it.
    #[wasm_bindgen(js_name = prepareUndo)]
    pub fn prepare_undo(&self, id: JsValue, stamp: &str) -> Answer {
        self.prepared(|writing| {
            let change = Stamp::parse(stamp).map_err(|error| error.inside("stamp"))?;
            self.diary.prepare_undo_of(entry_id(&id)?, change, writing)
        })
    }

    /// Prepares an erasure.
    ///
    /// # Errors
    /// When there is no such entry.
    #[wasm_bindgen(js_name = prepareErase)]
    pub fn prepare_erase(&self, id: JsValue) -> Answer {
        self.prepared(|writing| self.diary.prepare_erase(entry_id(&id)?, writing))
    }

    /// Checks a diary file of this subject, to be merged.
    ///
    /// # Errors
    /// What is wrong with the file.
    #[wasm_bindgen(js_name = prepareFile)]
    pub fn prepare_file(&self, file: JsValue) -> Answer {
        let read = || -> Result<PreparedImport> {
            let (file, _) =
                read_json(&text(&file, "file")?, reference::catalogue(), self.subject.as_deref())?;
            let result = ImportReport::of_file(&file, &self.diary);
            Ok(PreparedImport { result, change: Prepared::news(file.records(), &self.diary) })
        };
        self.answer(read())
    }

    /// Reads a CSV file by a mapping: the name of a shipped one, or one of the caller's own.
    ///
    /// # Errors
    /// What is wrong with the mapping; with the file, its row and column.
    #[wasm_bindgen(js_name = prepareCsv)]
    pub fn prepare_csv(&self, file: JsValue, mapping: JsValue) -> Answer {
        let read = || -> Result<PreparedImport> {
            let file = text(&file, "file")?;
            let mapping = match mapping.as_string() {
                Some(preset) => Mapping::preset(&preset)?,
                None => Mapping::read(Deserializer::from(mapping))
                    .map_err(|error| error.inside("mapping"))?,
            };
            let zone = match mapping.zone() {
                Some(name) => &Zone::new(Some(name)).map_err(|error| error.inside("mapping"))?,
                None => &self.zone,
            };
            let writing = self.writing()?;
            let imported = read_csv(file.as_bytes(), &mapping, zone, &self.diary, writing)?;
            let change = Prepared::news(&imported.records, &self.diary);
            Ok(PreparedImport { result: imported.report, change })
        };
        self.answer(read())
    }

    /// Takes in records of one form that a store has kept, one a line.
    ///
    /// # Errors
    /// What is wrong with the first record that cannot be read.
    pub fn merge(&mut self, lines: &[u8], schema_version: u32) -> Answer<()> {
        let records =
            self.refuse(utf8(lines).and_then(|lines| read_lines(lines, schema_version)))?;
        self.diary.merge(records);
        Ok(())
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.diary = Diary::new(reference::catalogue());
    }

    /// The entry under an identifier, null when it was removed or erased.
    ///
    /// # Errors
    /// When the identifier is none.
    pub fn entry(&self, id: JsValue) -> Answer {
        let id = self.refuse(entry_id(&id))?;
        match self.diary.record(id).and_then(|record| record.entry_json(self.day_start)) {
            Some(json) => Ok(Parcel::of_json(&json)),
            None => Ok(JsValue::NULL),
        }
    }

    /// The entries of a kind and a span of days, by day and time.
    ///
    /// # Errors
    /// What is wrong with the filter.
    pub fn entries(&self, filter: JsValue) -> Answer {
        let filter = self.refuse(Filter::read(Deserializer::from(filter)))?;
        let entries = self.diary.entries_json(filter.records(&self.diary), self.day_start);
        Ok(Parcel::of_json(&entries))
    }

    /// Entries that two devices edited without knowing of each other, with what each edit reads.
    #[must_use]
    pub fn conflicts(&self) -> JsValue {
        Parcel::of_json(&self.diary.conflicts_json(self.day_start))
    }

    /// The parts that are offered here.
    ///
    /// # Errors
    /// Never, as long as the core writes plain data.
    pub fn capabilities(&self) -> Answer {
        self.answer(Ok(self.safety.offered.parts()))
    }

    /// Everything the timeline draws.
    ///
    /// # Errors
    /// What is wrong with the options.
    pub fn timeline(&self, options: JsValue) -> Answer {
        let view = || {
            let options = request::timeline(Deserializer::from(options))?;
            let kept = &mut self.kept.borrow_mut();
            report::timeline_again(&self.diary, &options, self.as_of()?, &self.words, kept)
        };
        self.part(Capability::Timeline, view)
    }

    /// What was recorded of the doses that were due.
    ///
    /// # Errors
    /// What is wrong with the options.
    pub fn adherence(&self, options: JsValue) -> Answer {
        let view = || {
            let AdherenceOptions { days, outcome } =
                AdherenceOptions::read(Deserializer::from(options))?;
            let request::MedicineDays { medicine, from, to } = days;
            let outcome = outcome.as_deref();
            let (days, as_of) = ((from, to), self.as_of()?);
            report::adherence(&self.diary, medicine, days, outcome, as_of, &self.words)
        };
        self.part(Capability::Adherence, view)
    }

    /// The side effects beside a medicine.
    ///
    /// # Errors
    /// What is wrong with the options.
    #[wasm_bindgen(js_name = sideEffects)]
    pub fn side_effects(&self, options: JsValue) -> Answer {
        let view = || {
            let medicine = request::medicine(Deserializer::from(options))?;
            let (is_clinician, as_of) = (self.is_clinician, self.as_of()?);
            report::side_effects(&self.diary, medicine, is_clinician, as_of, &self.words)
        };
        self.part(Capability::SideEffects, view)
    }

    /// Response, remission and relapse on an instrument since a medicine's start.
    ///
    /// # Errors
    /// What is wrong with the options.
    #[wasm_bindgen(js_name = treatmentResponse)]
    pub fn treatment_response(&self, options: JsValue) -> Answer {
        let view = || {
            let (medicine, instrument) =
                request::medicine_and(Deserializer::from(options), "instrument")?;
            let as_of = self.as_of()?;
            report::treatment_response(&self.diary, medicine, &instrument, as_of, &self.words)
        };
        self.part(Capability::TreatmentResponse, view)
    }

    /// Which answers of a questionnaire moved between phases.
    ///
    /// # Errors
    /// What is wrong with the options.
    #[wasm_bindgen(js_name = itemStrip)]
    pub fn item_strip(&self, options: JsValue) -> Answer {
        let view = || {
            let instrument = request::one_name(Deserializer::from(options), "instrument")?;
            report::item_strip(&self.diary, &instrument, self.as_of()?, &self.words)
        };
        self.part(Capability::ItemStrip, view)
    }

    /// The goals that were set at steps, and whether they were reached.
    ///
    /// # Errors
    /// When the clock shows no day that can be recorded.
    #[wasm_bindgen(js_name = fairTrials)]
    pub fn fair_trials(&self) -> Answer {
        let view = || Ok(report::fair_trials(&self.diary, self.as_of()?, &self.words));
        self.part(Capability::FairTrial, view)
    }

    /// Whether an outcome has left the level it had while the person was well.
    ///
    /// # Errors
    /// When the clock shows no day that can be recorded.
    #[wasm_bindgen(js_name = relapseWatch)]
    pub fn relapse_watch(&self) -> Answer {
        let view = || Ok(report::relapse_watch(&self.diary, self.as_of()?, &self.words));
        self.part(Capability::RelapseWatch, view)
    }

    /// The answer to a dose at each assumed lag.
    ///
    /// # Errors
    /// What is wrong with the options.
    #[wasm_bindgen(js_name = lagStrip)]
    pub fn lag_strip(&self, options: JsValue) -> Answer {
        let view = || {
            let (medicine, outcome) =
                request::medicine_and(Deserializer::from(options), "outcome")?;
            report::lag_strip(&self.diary, medicine, &outcome, self.as_of()?, &self.words)
        };
        self.part(Capability::Lag, view)
    }

    /// What there is to do today.
    ///
    /// # Errors
    /// When the clock shows no day that can be recorded.
    pub fn today(&self) -> Answer {
        self.answer(
            self.as_of().map(|as_of| report::today(&self.diary, as_of, &self.safety, &self.words)),
        )
    }

    /// Where each medicine stands, and what falls due.
    ///
    /// # Errors
    /// When the clock shows no day that can be recorded.
    pub fn journey(&self) -> Answer {
        let view = |as_of| report::journey(&self.diary, as_of, &self.safety, &self.words);
        self.answer(self.as_of().map(view))
    }

    /// The brief for a visit.
    ///
    /// # Errors
    /// What is wrong with the options.
    #[wasm_bindgen(js_name = visitReport)]
    pub fn visit_report(&self, options: JsValue) -> Answer {
        let view = || {
            let options = request::visit(Deserializer::from(options))?;
            let as_of = self.as_of()?;
            Ok(report::visit_report(&self.diary, &options, as_of, &self.safety, &self.words))
        };
        self.answer(view())
    }

    /// Whom to contact about a medicine and how soon, and a message to hand over.
    ///
    /// # Errors
    /// What is wrong with the options.
    pub fn concern(&self, options: JsValue) -> Answer {
        let view = || {
            let options = request::concern(Deserializer::from(options))?;
            report::concern(&self.diary, options, self.as_of()?, &self.safety, &self.words)
        };
        self.answer(view())
    }

    /// What the safety rules say today.
    ///
    /// # Errors
    /// When the clock shows no day that can be recorded.
    pub fn flags(&self) -> Answer {
        let flags =
            |as_of| report::flags(&self.diary, as_of, &self.safety, self.is_clinician, &self.words);
        self.answer(self.as_of().map(flags))
    }

    /// What stands behind "Need help now".
    ///
    /// # Errors
    /// What is wrong with the options.
    pub fn help(&self, options: JsValue) -> Answer {
        let view = || {
            let options = request::help(Deserializer::from(options))?;
            Ok(report::help(&self.diary, self.as_of()?, &self.safety, &options, &self.words))
        };
        self.answer(view())
    }

    /// What the safety rules would say of a new entry, which is not kept. Where it is about a
    /// medicine that is not recorded yet, that is given beside it.
    ///
    /// # Errors
    /// What is wrong with a draft.
    pub fn check(&self, draft: JsValue, medicine: JsValue) -> Answer {
        let check = || {
            let writing = self.writing()?;
            // It is not kept, so that any identifier does, and the same one gives the same answer.
            let [of_medicine, id] = [1, 0].map(|n| EntryId::new(writing.stamp.ms(), [n; 10]));
            let with_it = match medicine.is_object() {
                true => {
                    let medicine = Deserializer::from(medicine);
                    let medicine = self.diary.prepare_record(medicine, of_medicine, writing)?;
                    // Setting a property of a plain object cannot fail.
                    let of_medicine = of_medicine.to_string().into();
                    let _ = js_sys::Reflect::set(&draft, &"medicine".into(), &of_medicine);
                    Some(safety::lately_with(&self.diary, &medicine, self.as_of()?.today))
                }
                false => None,
            };
            let diary = with_it.as_ref().unwrap_or(&self.diary);
            let record = diary.prepare_record(Deserializer::from(draft), id, writing)?;
            Ok(report::check(diary, &record, self.as_of()?, &self.safety, &self.words))
        };
        self.answer(check())
    }

    /// Takes rows of the tables back, from now on. Gives those that were not taken back before, with
    /// the instant.
    ///
    /// # Errors
    /// What is wrong with the ids: then none is taken back.
    pub fn revoke(&mut self, options: JsValue) -> Answer {
        let now = self.zone.now(self.fixed_now);
        let ids = request::revoked(Deserializer::from(options));
        let rows = now.and_then(|at| Ok((at, ids?))).map(|(at, ids)| {
            let ids = self.safety.policy.revoke(ids);
            ids.into_iter().map(|id| RevocationView { id, at }).collect::<Vec<_>>()
        });
        self.answer(rows)
    }

    /// The pack of reference tables in use.
    ///
    /// # Errors
    /// When the clock shows no day that can be recorded.
    pub fn tables(&self) -> Answer {
        self.answer(self.as_of().map(|as_of| report::tables(&self.safety.policy, as_of)))
    }

    /// The leaflet on a medicine of the diary, a row of the tables or a condition.
    ///
    /// # Errors
    /// When what it is asked of is no text, or an entry that is no medicine.
    pub fn leaflet(&self, of: JsValue) -> Answer {
        let view = || {
            let (of, as_of) = (text(&of, "medicine")?, self.as_of()?);
            report::leaflet(&self.diary, &of, &self.safety.policy, as_of, &self.words)
        };
        self.answer(view())
    }

    /// The kinds of medicine that a person can name.
    ///
    /// # Errors
    /// Never, as long as the core writes plain data.
    #[wasm_bindgen(js_name = medicineKinds)]
    pub fn medicine_kinds(&self) -> Answer {
        self.answer(Ok(report::medicine_kinds()))
    }

    /// The side effects that a person can notice, by their names.
    ///
    /// # Errors
    /// Never, as long as the core writes plain data.
    #[wasm_bindgen(js_name = sideEffectNames)]
    pub fn side_effect_names(&self) -> Answer {
        self.answer(Ok(report::side_effect_names()))
    }

    /// The diary's medicines with what is prescribed now.
    ///
    /// # Errors
    /// When the clock shows no day that can be recorded.
    pub fn medicines(&self) -> Answer {
        self.answer(self.as_of().map(|as_of| report::medicines(&self.diary, as_of, &self.words)))
    }

    /// The outcomes that can be rated or looked at.
    ///
    /// # Errors
    /// Never, as long as the core writes plain data.
    pub fn outcomes(&self) -> Answer {
        self.answer(Ok(report::outcomes(&self.diary, &self.words)))
    }

    /// The instruments whose words may be shown, and that this portal may ask.
    ///
    /// # Errors
    /// Never, as long as the core writes plain data.
    pub fn instruments(&self) -> Answer {
        let mut offered = report::instruments(&self.brought, &self.words);
        offered.retain(|row| self.safety.support.offers(&row.instrument));
        self.answer(Ok(offered))
    }

    /// Takes the wording of an instrument in, for as long as this session lasts.
    ///
    /// # Errors
    /// What is wrong with the questionnaire, or does not fit the instrument.
    #[wasm_bindgen(js_name = addInstrument)]
    pub fn add_instrument(&mut self, questionnaire: JsValue) -> Answer {
        let read = read_questionnaire(Deserializer::from(questionnaire), &self.words);
        let view = self.refuse(read)?;
        self.brought.retain(|known| known.instrument != view.instrument);
        self.brought.push(view.clone());
        self.answer(Ok(view))
    }

    /// What can be filled in, what is suggested and what is due.
    ///
    /// # Errors
    /// When the clock shows no day that can be recorded.
    pub fn questionnaires(&self) -> Answer {
        let settings = &self.safety;
        let view = |as_of| {
            report::questionnaires(&self.diary, &self.brought, settings, as_of, &self.words)
        };
        self.answer(self.as_of().map(view))
    }

    /// What a filled questionnaire comes to.
    ///
    /// # Errors
    /// When the identifier is not that of an assessment.
    pub fn score(&self, id: JsValue) -> Answer {
        let view =
            || report::score(&self.diary, entry_id(&id)?, self.as_of()?, &self.safety, &self.words);
        self.answer(view())
    }

    /// Medicines of the reference tables by name, brand, class or condition.
    ///
    /// # Errors
    /// When what is searched for is not text.
    #[wasm_bindgen(js_name = searchMedicines)]
    pub fn search_medicines(&self, wanted: JsValue) -> Answer {
        let matches = |wanted: String| report::medicine_matches(&wanted, &self.safety.policy);
        self.answer(text(&wanted, "text").map(matches))
    }

    /// What falls due, as a calendar.
    ///
    /// # Errors
    /// What is wrong with the options.
    #[wasm_bindgen(js_name = toCalendar)]
    pub fn to_calendar(&self, options: JsValue) -> Answer<String> {
        let write = || {
            let wording = request::calendar(Deserializer::from(options))?;
            let (as_of, now) = (self.as_of()?, self.zone.now(self.fixed_now)?);
            let journey = report::journey(&self.diary, as_of, &self.safety, &self.words);
            let first = self.diary.records().first().map(|record| record.id().to_string());
            Ok(calendar(&journey, wording, now, &first.unwrap_or_default()))
        };
        self.refuse(write())
    }

    /// The whole diary in its canonical JSON form.
    #[wasm_bindgen(js_name = toJson)]
    #[must_use]
    pub fn to_json(&self) -> String {
        self.diary.to_json(self.subject.as_deref().unwrap_or_default())
    }
}

// What a build can leave out, each by the cargo feature of its part (see `Capability`).

#[cfg(feature = "dose-response")]
#[wasm_bindgen]
impl Session {
    /// The dose card of a medicine and an outcome.
    ///
    /// # Errors
    /// What is wrong with the options.
    #[wasm_bindgen(js_name = doseResponse)]
    pub fn dose_response(&self, options: JsValue) -> Answer {
        let view = || {
            let (medicine, outcome) =
                request::medicine_and(Deserializer::from(options), "outcome")?;
            report::dose_response(&self.diary, medicine, &outcome, self.as_of()?, &self.words)
        };
        self.part(Capability::DoseResponse, view)
    }
}

#[cfg(feature = "exposure")]
#[wasm_bindgen]
impl Session {
    /// The level of a medicine by a model.
    ///
    /// # Errors
    /// What is wrong with the options.
    pub fn exposure(&self, options: JsValue) -> Answer {
        let view = || {
            let request::MedicineDays { medicine, from, to } =
                request::MedicineDays::read(Deserializer::from(options))?;
            report::exposure(&self.diary, medicine, (from, to), self.as_of()?, &self.words)
        };
        self.part(Capability::Exposure, view)
    }
}

#[cfg(feature = "association")]
#[wasm_bindgen]
impl Session {
    /// Which recorded things go together with which ratings.
    ///
    /// # Errors
    /// When the clock shows no day that can be recorded.
    pub fn associations(&self) -> Answer {
        let view = || Ok(report::associations(&self.diary, self.as_of()?, &self.words));
        self.part(Capability::Association, view)
    }
}

#[cfg(feature = "trial-design")]
#[wasm_bindgen]
impl Session {
    /// How many days a trial with planned switches would take.
    ///
    /// # Errors
    /// What is wrong with the options, or why such a trial is not offered.
    #[wasm_bindgen(js_name = trialDesign)]
    pub fn trial_design(&self, options: JsValue) -> Answer {
        let view = || {
            let asked = request::trial_design(Deserializer::from(options))?;
            let (medicine, question, outcome, points) = asked;
            let subject = (medicine, question, &*outcome);
            report::trial_design(&self.diary, subject, points, self.as_of()?, &self.words)
        };
        self.part(Capability::TrialDesign, view)
    }
}

#[cfg(feature = "equivalents")]
#[wasm_bindgen]
impl Session {
    /// The published tables of equivalents; for a clinician.
    ///
    /// # Errors
    /// When the clock shows no day that can be recorded.
    pub fn equivalents(&self) -> Answer {
        let view = || Ok(report::equivalents(&self.safety.policy, self.as_of()?, &self.words));
        self.part(Capability::Equivalents, view)
    }
}

fn add_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// The text that bytes are: a long string would be copied into the core letter by letter.
fn utf8(bytes: &[u8]) -> Result<&str> {
    std::str::from_utf8(bytes)
        .map_err(|error| Error::new(Code::InvalidJson, "").with("detail", error.to_string()))
}

/// An argument that must be text.
fn text(argument: &JsValue, name: &str) -> Result<String> {
    let refusal = || match argument.is_null() || argument.is_undefined() {
        true => Error::new(Code::MissingField, name),
        false => Error::new(Code::WrongType, name).with("wanted", "text"),
    };
    argument.as_string().ok_or_else(refusal)
}

fn entry_id(argument: &JsValue) -> Result<EntryId> {
    EntryId::parse(&text(argument, "id")?).map_err(|error| error.inside("id"))
}
