package org.bagnetlab.server.endtoend;

import com.microsoft.playwright.Page;
import java.util.List;
import java.util.Map;

/** The dashboard's pages, as the server counts them up, so that no test leaves out a new one. */
final class RegisteredPages {

  /** Where a page is that has not its name as its address. */
  private static final Map<String, String> PLACES =
      Map.of(
          "compare", "#/compare?runs=1,2",
          "comparison", "#/",
          "images", "#/images?dataset=small-scenes&image=test%2FDark%2Fimage_30.png&runs=1",
          "job", "#/jobs/1",
          "run", "#/runs/1",
          "sweep", "#/sweeps/demo");

  private RegisteredPages() {}

  /** The names of all pages. */
  static List<String> names(Page page) {
    return ((List<?>)
            page.evaluate(
                """
                async () => {
                  const text = await (await fetch('/')).text();
                  const modules = new DOMParser().parseFromString(text, 'text/html').getElementById('modules');
                  return Object.keys(JSON.parse(modules.textContent));
                }
                """))
        .stream().map(String::valueOf).toList();
  }

  /** A page's address. */
  static String place(String name) {
    return PLACES.getOrDefault(name, "#/" + name);
  }
}
