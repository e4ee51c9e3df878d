package org.bagnetlab.server.results;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the runs of a setting say about a claim. */
enum Verdict {
  /** Everything that the claim predicts was found, with a corrected p-value below 5 %. */
  @JsonProperty("supported")
  SUPPORTED,
  /** The opposite of something that the claim predicts was found, as clearly. */
  @JsonProperty("contradicted")
  CONTRADICTED,
  /** Neither: more runs may decide. */
  @JsonProperty("undecided")
  UNDECIDED
}
