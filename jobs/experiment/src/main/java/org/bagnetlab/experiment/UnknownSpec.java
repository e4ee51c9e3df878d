package org.bagnetlab.experiment;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A stored job of an experiment that this version does not know. It can be listed and deleted, but
 * not run.
 *
 * @param kind the experiment's name
 * @param fields its parameters as they were stored
 */
public record UnknownSpec(String kind, @JsonAnyGetter Map<String, JsonNode> fields)
    implements JobSpec {}
