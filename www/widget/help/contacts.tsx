import type { JSX } from "preact";
import type { HelpContact } from "#types";

/** Whom anyone can reach. Plain links, which need no page around them. */
export function Contacts({ contacts }: { contacts: readonly HelpContact[] }): JSX.Element {
  return (
    <ul class="contacts">
      {contacts.map((contact) => (
        <li key={contact.name}>
          <strong>{contact.name}</strong>
          {[contact.place, contact.hours].flatMap((part) => (part ? [`, ${part}`] : []))}
          <div class="ways">
            {contact.phone && <Call name={contact.name} phone={contact.phone} />}
            {contact.text && (
              <a href={`sms:${contact.text}`}>Text {contact.say && `${contact.say} to `}{contact.text}</a>
            )}
            {contact.web && (
              <a href={contact.web} target="_blank" rel="noopener noreferrer">{contact.web.replace("https://", "")}</a>
            )}
          </div>
          {contact.confidence === "general-knowledge" && <p class="muted">This number is not yet checked.</p>}
        </li>
      ))}
    </ul>
  );
}

/** A number to tap, as it is written. */
export function Call({ name, phone }: { name: string; phone: string }): JSX.Element {
  return <a href={`tel:${phone.replace(/[^\d+]/g, "")}`} aria-label={`Call ${phone}, ${name}`}>Call {phone}</a>;
}
