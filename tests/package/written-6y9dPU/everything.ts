import * as api from "doseline";
import * as elements from "doseline/elements";
export { api, elements };
