package org.bagnetlab.server.http.route;

import java.util.List;
import org.bagnetlab.experiment.request.InvalidSpec;

/** An error in a request that is being checked. */
record FieldProblem(String field, String detail) {

  static List<FieldProblem> of(List<InvalidSpec> problems) {
    return problems.stream()
        .map(problem -> new FieldProblem(problem.field(), String.valueOf(problem.getMessage())))
        .toList();
  }
}
