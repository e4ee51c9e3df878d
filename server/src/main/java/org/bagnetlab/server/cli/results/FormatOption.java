package org.bagnetlab.server.cli.results;

import java.io.IOException;
import org.bagnetlab.server.cli.lab.LabClient;
import org.bagnetlab.server.results.view.ViewForm;
import picocli.CommandLine.Option;

/** The option that selects the output format of a view. */
public final class FormatOption {

  @Option(
      names = "--format",
      defaultValue = "table",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private ViewForm form = ViewForm.TABLE;

  /** The format for other programs. */
  static FormatOption json() {
    FormatOption option = new FormatOption();
    option.form = ViewForm.JSON;
    return option;
  }

  /** Whether the view is printed for a reader, so that remarks may follow it. */
  public boolean isTable() {
    return form == ViewForm.TABLE;
  }

  /**
   * Prints a view.
   *
   * @param query query of its export including the question mark; may be empty
   */
  public void print(LabClient client, String view, String query)
      throws IOException, InterruptedException {
    String text = client.text("export/%s.%s%s".formatted(view, form.extension(), query));
    System.out.print(text.endsWith("\n") ? text : text + "\n");
  }
}
