package org.bagnetlab.server.http.route;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.ProblemException;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.storage.annotation.AnnotationRow;

/** Reads and changes tags and notes of runs. */
record AnnotationRoutes(JobQueue queue) {

  private static final String ADD = "add";
  private static final String REMOVE = "remove";
  private static final Set<String> TAG_LISTS = Set.of(ADD, REMOVE);

  private static final String TITLE = "Invalid annotation";

  void mount(Router api) {
    api.put("/runs/:id/note")
        .handler(
            request -> {
              String note = note(JsonBody.of(request));
              annotate(request, annotation -> annotation.withNote(note));
            });
    api.patch("/runs/:id/tags")
        .handler(
            request -> {
              JsonNode body = JsonBody.of(request);
              if (body.isEmpty() || !TAG_LISTS.containsAll(names(body))) {
                throw invalid(
                    "tags", "Tags must be {\"add\": [NAME, ...], \"remove\": [NAME, ...]}.");
              }
              List<String> added = tags(body, ADD);
              List<String> removed = tags(body, REMOVE);
              annotate(request, annotation -> limited(annotation.withTags(added, removed)));
            });
  }

  private void annotate(RoutingContext request, UnaryOperator<AnnotationRow> change) {
    Reply.json(request, queue.annotate(RequestParameters.id(request), change));
  }

  private static String note(JsonNode body) {
    JsonNode note = body.path("note");
    if (body.size() != 1 || !note.isTextual()) {
      throw invalid("note", "A note must be {\"note\": TEXT}; an empty text removes it.");
    }
    String text = note.textValue().strip();
    if (text.length() > AnnotationRow.LONGEST_NOTE) {
      throw invalid(
          "note",
          "A note has at most %d characters, but this one has %d."
              .formatted(AnnotationRow.LONGEST_NOTE, text.length()));
    }
    return text;
  }

  private static Set<String> names(JsonNode body) {
    Set<String> names = new HashSet<>();
    body.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> tags(JsonNode body, String list) {
    JsonNode given = body.path(list);
    if (!given.isArray() && !given.isMissingNode()) {
      throw invalid(list, "%s must be a list of tags.".formatted(list));
    }
    List<String> tags = new ArrayList<>();
    for (JsonNode tag : given) {
      if (!tag.isTextual() || !AnnotationRow.TAG.matcher(tag.textValue()).matches()) {
        throw invalid(
            list,
            "A tag has 1 to 32 letters, digits, dots, hyphens and underscores, but one is %s."
                .formatted(Excerpt.of(tag)));
      }
      tags.add(tag.textValue());
    }
    return tags;
  }

  /**
   * Refuses a change that would give a run too many tags. Called within the transaction of the
   * change.
   */
  private static AnnotationRow limited(AnnotationRow changed) {
    if (changed.tags().size() > AnnotationRow.MOST_TAGS) {
      throw invalid(ADD, "A run has at most %d tags.".formatted(AnnotationRow.MOST_TAGS));
    }
    return changed;
  }

  private static ProblemException invalid(String field, String detail) {
    return Problem.invalid(TITLE, field, detail);
  }
}
