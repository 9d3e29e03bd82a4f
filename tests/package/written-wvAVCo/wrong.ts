import { noSuchName } from "doseline";
noSuchName();
