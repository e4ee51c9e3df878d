package org.bagnetlab.server.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Receives the files of an export, and how far it is. Fails once nobody waits for them. */
public interface Exported {

  /**
   * The next step begins.
   *
   * @param doing the view that is computed, or what else is done
   * @param done number of finished steps
   * @param total number of all steps
   */
  void step(String doing, int done, int total) throws IOException;

  /** A file is finished, at this path below the directory of its form. */
  void file(ExportForm form, String path, byte[] content) throws IOException;

  /** The same for a text. */
  default void file(ExportForm form, String path, String text) throws IOException {
    file(form, path, text.getBytes(StandardCharsets.UTF_8));
  }
}
