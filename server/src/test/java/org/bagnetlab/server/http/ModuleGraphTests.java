package org.bagnetlab.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ModuleGraphTests {

  private static final String NAMES =
      """
      {"imports": {"lit-html": "/webjars/lit-html/3/lit-html.js", "lit-html/": "/webjars/lit-html/3/"}}
      """;

  private static final Map<String, String> TEXTS =
      Map.of(
          "/js/app/start.js",
          """
          import {
            html,
          } from 'lit-html';
          import './side.js';
          // import { no } from './comment.js';
          /** @typedef {import('./types.js').Job} Job */
          export const NAME = 'not a module';
          const PAGES = {
            first: () => import('../page/first.js'),
            'the-second': () => import('../page/second.js'),
          };
          """,
          "/js/app/side.js",
          "export { live } from 'lit-html/directives/live.js';\n",
          "/webjars/lit-html/3/directives/live.js",
          "import{a as b}from\"../lit-html.js\";import{c}from\"../directive.js\";export{c}from\"../d.js\";",
          "/js/page/first.js",
          "import { html } from 'lit-html';\nimport { shared } from './shared.js';\n",
          "/js/page/shared.js",
          "export * from '../page/first.js';\n");

  private static ModuleGraph graph() throws Exception {
    return ModuleGraph.of(
        NAMES, "/js/app/start.js", address -> Optional.ofNullable(TEXTS.get(address)));
  }

  @Test
  void whatADocumentImportsIsFollowedToItsEnd() throws Exception {
    assertThat(graph().entry())
        .containsExactlyInAnyOrder(
            "/js/app/start.js",
            "/js/app/side.js",
            "/webjars/lit-html/3/lit-html.js",
            "/webjars/lit-html/3/directives/live.js",
            "/webjars/lit-html/3/directive.js",
            "/webjars/lit-html/3/d.js");
  }

  @Test
  void aPageNeedsWhatTheDocumentDoesNotHave() throws Exception {
    assertThat(graph().pages().get("first"))
        .containsExactlyInAnyOrder("/js/page/first.js", "/js/page/shared.js");
    assertThat(graph().pages().get("the-second")).containsExactly("/js/page/second.js");
  }

  @Test
  void markupNamesThem() throws Exception {
    assertThat(graph().markup())
        .contains("<link rel=\"modulepreload\" href=\"/js/app/side.js\">")
        .contains("\"the-second\":[\"/js/page/second.js\"]");
  }
}
