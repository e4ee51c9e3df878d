package org.bagnetlab.server.results;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What the runs of a setting say about a claim. */
enum Verdict {
  /** What the claim predicts was found: all of it, or any where one is enough. */
  @JsonProperty("supported")
  SUPPORTED,
  /** The opposite of it was found: of one prediction, or of all where one would be enough. */
  @JsonProperty("contradicted")
  CONTRADICTED,
  /** Neither: more runs may decide. */
  @JsonProperty("undecided")
  UNDECIDED
}
