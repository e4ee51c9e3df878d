package org.bagnetlab.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The dashboard's modules and their tests use the interface and the libraries as these are. */
@Timeout(120)
class DashboardTypesEndToEndTests {

  /** One of each mistake that is to be found. */
  private static final String MISTAKES =
      """
      import { htlm } from 'lit-html';
      import { repeat } from 'lit-html/directives/repaet.js';
      import { Chart } from 'chart.js';
      import { percent } from './app/format.js';

      /** @param {import('./api/types.js').Job} job */
      export const title = (job) => job.titel;
      export const share = percent('all');
      export const chart = new Chart('canvas', { type: 'lines', data: { datasets: [] } });
      """;

  private static List<String> errors = List.of();

  @BeforeAll
  static void check() throws Exception {
    try (Chromium browser = new Chromium();
        Page page = browser.newPage()) {
      errors = new TypeCheck().with("/js/mistakes.js", MISTAKES).errors(page);
    }
  }

  private static boolean isMistake(String error) {
    return error.startsWith("js/mistakes.js:");
  }

  @Test
  void everyModuleIsTypedRight() {
    assertThat(errors).filteredOn(error -> !isMistake(error)).isEmpty();
  }

  @Test
  void mistakesAreFoundWhereTheyAre() {
    assertThat(errors)
        .filteredOn(DashboardTypesEndToEndTests::isMistake)
        .satisfiesExactly(
            error -> assertThat(error).startsWith("js/mistakes.js:1: ").contains("'htlm'"),
            error -> assertThat(error).startsWith("js/mistakes.js:2: ").contains("repaet.js"),
            error -> assertThat(error).startsWith("js/mistakes.js:7: ").contains("'titel'"),
            error -> assertThat(error).startsWith("js/mistakes.js:8: ").contains("'string'"),
            error -> assertThat(error).startsWith("js/mistakes.js:9: ").contains("\"lines\""));
  }
}
