package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard's modules, each by itself, in the browser that they are written for. */
@Timeout(120)
class DashboardModulesEndToEndTests {

  @TempDir private static Path data = Path.of("");
  private static Application.Running server;
  private static Chromium browser;

  private Page page;

  @BeforeAll
  static void start() throws Exception {
    server = new Application(data).serve();
    browser = new Chromium();
  }

  @AfterAll
  static void stop() throws Exception {
    browser.close();
    server.process().destroy();
    server.process().waitFor();
  }

  @BeforeEach
  void open() {
    page = browser.newPage();
  }

  @AfterEach
  void close() {
    page.close();
  }

  @Test
  void aSteadyStreamOfEventsIsActedOnWhileItLasts() {
    page.clock().install();
    page.navigate(server.address());
    page.evaluate(
        """
        async () => {
          const { throttled } = await import('/js/view.js');
          window.actions = 0;
          window.happen = throttled(() => window.actions++);
        }
        """);
    for (int i = 0; i < 10; i++) {
      page.evaluate("() => happen()");
      page.clock().runFor(100);
    }
    assertThat((int) page.evaluate("() => actions")).isBetween(3, 10);
  }

  @Test
  void everyAnswerCountsUnlessTheQuestionChanged() {
    page.navigate(server.address());
    Object seen =
        page.evaluate(
            """
            async () => {
              const { loader } = await import('/js/view.js');
              const answers = [];
              const seen = [];
              let filter = 'all';
              const load = loader(
                () => new Promise((answer) => answers.push(answer)),
                ({ data }) => seen.push(data),
                () => filter,
              );
              const answer = async (data) => {
                answers.at(-1)(data);
                await new Promise((next) => setTimeout(next));
                seen.push(answers.length);
              };
              load();
              load();
              load();
              await answer('first');
              load();
              await answer('second');
              filter = 'failed';
              load();
              await answer('of another filter');
              await answer('of this filter');
              return seen;
            }
            """);
    assertThat(seen).isEqualTo(List.of("first", 2, "second", 3, 4, "of this filter", 4));
  }

  @Test
  void aSweepIsReadAgainOnlyForWhatEventsDoNotTell() {
    page.clock().install();
    page.navigate(server.address());
    page.evaluate(
        """
        async () => {
          const { open } = await import('/js/views/sweep.js');
          const job = (id, state) => ({
            id, state, title: `Job ${id}`, sweep: 'ten', spec: { kind: 'train', seed: id },
            priority: 0, createdAt: '2026-01-02T03:04:05Z',
          });
          window.reads = [];
          window.tell = (id, state) => listen({ type: 'job', data: job(id, state) });
          window.answer = (states) => reads.at(-1)({
            id: 'ten', createdAt: '2026-01-02T03:04:05Z', counts: {},
            jobs: states.map((state, i) => job(i + 1, state)),
          });
          let listen;
          const api = { sweep: () => new Promise((resolve) => reads.push(resolve)) };
          const live = { subscribe: (listener) => { listen = listener; return () => {}; } };
          const root = document.getElementById('main');
          open(root, { sweep: 'ten', query: new URLSearchParams() }, { api, live });
        }
        """);
    page.evaluate(
        """
        () => {
          tell(1, 'RUNNING');
          answer(['QUEUED', 'QUEUED', 'QUEUED']);
        }
        """);
    assertThat(page.getByTestId("sweep-bar")).containsText("1 running");
    page.evaluate("() => { tell(1, 'SUCCEEDED'); tell(2, 'RUNNING'); }");
    assertThat(page.getByTestId("sweep-bar")).containsText("1 succeeded");
    assertThat(page.getByTestId("sweep-bar")).containsText("1 running");
    assertThat(page.getByTestId("sweep-bar")).containsText("1 queued");
    page.clock().runFor(1000);
    assertThat(page.evaluate("() => reads.length")).isEqualTo(1);
    page.evaluate("() => tell(4, 'QUEUED')");
    page.clock().runFor(1000);
    assertThat(page.evaluate("() => reads.length")).isEqualTo(2);
  }

  @Test
  void aFormIsSentOnceHoweverOftenItIsSubmitted() {
    page.navigate(server.address());
    Object sent =
        page.evaluate(
            """
            async () => {
              const { sending } = await import('/js/parts/sending.js');
              let sent = 0;
              const { state, submit } = sending({
                draw() {},
                async send() { sent++; },
                fieldOf: () => undefined,
              });
              const event = { preventDefault() {}, target: document.createElement('form') };
              await Promise.all([submit(event), submit(event)]);
              return [sent, state.busy];
            }
            """);
    assertThat(sent).isEqualTo(List.of(1, false));
  }
}
