package org.bagnetlab.server.export;

import java.util.Map;
import java.util.Objects;
import org.bagnetlab.server.results.view.View;
import org.bagnetlab.server.results.view.ViewForm;

/**
 * A view in several formats, computed once.
 *
 * @param view the view
 * @param texts its text in each form
 */
record WrittenView(View<?> view, Map<ViewForm, String> texts) {

  String text(ViewForm form) {
    return Objects.requireNonNull(texts.get(form));
  }

  /** Whether the view has any rows. */
  boolean hasRows() {
    // More than its header line.
    return text(ViewForm.CSV).lines().skip(1).findAny().isPresent();
  }
}
