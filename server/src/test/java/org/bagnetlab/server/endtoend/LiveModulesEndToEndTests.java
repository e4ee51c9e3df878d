package org.bagnetlab.server.endtoend;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What follows the server's events and answers, each module by itself, in a browser. */
@Timeout(120)
class LiveModulesEndToEndTests {

  @RegisterExtension static final ServedDashboard DASHBOARD = new ServedDashboard();

  private Page page;

  @BeforeEach
  void open() {
    page = DASHBOARD.newPage();
    SourceModules.route(page);
  }

  @Test
  void aPageThatIsOpenedAgainIsScrolledToWhereItWas() {
    page.setViewportSize(1000, 500);
    page.navigate(DASHBOARD.address() + "#/receptive-fields");
    assertThat(page.getByTestId("figure-one")).isVisible();
    page.evaluate("() => scrollTo(0, 400)");
    page.waitForFunction("() => history.state?.scroll === 400");
    page.getByTestId("nav-claims").dispatchEvent("click");
    page.waitForFunction("() => location.hash === '#/claims' && scrollY === 0");
    page.goBack();
    page.waitForFunction("() => scrollY === 400");
    page.reload();
    page.waitForFunction("() => scrollY === 400");
  }

  @Test
  void aSteadyStreamOfEventsIsActedOnWhileItLasts() {
    page.clock().install();
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { throttled } = await import('/modules/app/view.js');
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
  void aServerThatHasNoPlaceForAListenerIsAskedMoreAndMoreRarely() {
    AtomicInteger asked = new AtomicInteger();
    DASHBOARD.expectErrors("/api/v1/events");
    page.route(
        "**/api/v1/events",
        route -> {
          asked.incrementAndGet();
          route.fulfill(new Route.FulfillOptions().setStatus(503).setBody("{}"));
        });
    page.clock().install();
    page.navigate(DASHBOARD.address());
    for (int second = 0; second < 60; second++) {
      page.clock().runFor(1000);
      // Until this is answered, what was asked before is refused.
      page.evaluate("() => fetch('/api/v1/health/live')");
    }
    assertThat(asked.get()).isBetween(3, 15);
  }

  /** Nobody knows what has become of a worker since, so nothing grows that is shown of it. */
  @Test
  void whatIsShownOfAJobWhileTheServerIsAwayIsSaidToBeOld() {
    page.clock().install();
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { open } = await import('/modules/job/job-page.js');
          const began = new Date(Date.now() - 60_000).toISOString();
          const job = {
            id: 1, state: 'RUNNING', title: 'A training', spec: { kind: 'train', seed: 1 }, priority: 0,
            createdAt: began, startedAt: began,
            progress: { job: 1, phase: 'training', epoch: 1, epochs: 2, done: 3, total: 30, imagesPerSecond: 101, secondsLeft: -1 },
          };
          const run = { id: 1, spec: job.spec, results: {}, artifacts: [], history: [], otherImages: [], tags: [], title: job.title, state: 'RUNNING' };
          window.away = false;
          const answer = (value) => async () => {
            if (window.away) {
              throw new Error('Cannot reach the server.');
            }
            return value;
          };
          const api = {
            job: answer(job), run: answer(run), timeline: answer({ transitions: [] }), results: answer({ results: [] }),
            experiments: answer({ experiments: [] }), log: answer(''), repeatedImages: answer(undefined),
          };
          let listen;
          const live = { subscribe: (listener) => { listen = listener; return () => {}; } };
          window.lose = () => {
            window.away = true;
            live.lostAt = new Date().toISOString();
            listen({ type: 'connection', data: { lost: true } });
            listen({ type: 'job', data: job });
          };
          window.find = () => {
            window.away = false;
            live.lostAt = undefined;
            listen({ type: 'connection', data: { lost: false } });
            listen({ type: 'reset', data: {} });
          };
          open(document.getElementById('main'), { id: 1, query: new URLSearchParams() }, { api, live });
        }
        """);
    page.clock().runFor(2000);
    assertThat(page.getByTestId("progress")).containsText("estimating the time left");
    assertThat(page.getByTestId("progress")).containsText("running for 1 min 0");
    page.evaluate("() => lose()");
    page.clock().runFor(120_000);
    assertThat(page.getByTestId("progress")).containsText("running for 1 min 0");
    assertThat(page.getByTestId("stale"))
        .containsText("when the connection to the server was lost");
    assertThat(page.locator(".stale .chip")).hasText("Running");
    page.evaluate("() => find()");
    page.clock().runFor(2000);
    assertThat(page.getByTestId("progress")).containsText("running for 3 min 0");
    assertThat(page.getByTestId("stale")).hasCount(0);
    assertThat(page.getByTestId("error")).hasCount(0);
  }

  @Test
  void aLogIsEmptyOnlyOnceThatIsKnown() {
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { open } = await import('/modules/job/job-page.js');
          const at = new Date().toISOString();
          const job = { id: 1, state: 'SUCCEEDED', title: 'A training', spec: { kind: 'train', seed: 1 }, priority: 0, createdAt: at, startedAt: at, endedAt: at };
          const run = { id: 1, spec: job.spec, results: {}, artifacts: [], history: [], otherImages: [], tags: [], title: job.title, state: job.state };
          const api = {
            job: async () => job, run: async () => run, timeline: async () => ({ transitions: [] }), results: async () => ({ results: [] }),
            experiments: async () => ({ experiments: [] }), repeatedImages: async () => undefined, datasets: async () => ({ datasets: [], damaged: [] }),
            log: () => new Promise((resolve) => { window.answer = resolve; }),
          };
          const live = { subscribe: () => () => {} };
          open(document.getElementById('main'), { id: 1, query: new URLSearchParams() }, { api, live });
        }
        """);
    Locator log = page.locator("section[aria-labelledby=log-title]");
    assertThat(log).containsText("Loading");
    page.evaluate("() => answer('')");
    assertThat(log).containsText("No log output.");
  }

  /** The time left is last in the words of the running job, so it is cut first. */
  @Test
  void aNarrowHeaderShowsTheTimeLeftAndStaysOneRow() {
    page.setViewportSize(1280, 720);
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { openHeader } = await import('/modules/app/header.js');
          const job = {
            id: 1, state: 'RUNNING', title: 'BagNet-33 on scenes, 64 px', spec: { kind: 'train' },
            progress: { job: 1, phase: 'training', epoch: 15, epochs: 16, done: 3, total: 30, secondsLeft: 725 },
          };
          const api = {
            jobs: async () => ({ jobs: [job], counts: { QUEUED: 5 } }), storage: async () => ({}),
            session: async () => ({ login: true, name: 'margarethe-hilbert', role: 'viewer' }),
          };
          const root = document.createElement('header');
          root.className = 'header';
          root.id = 'header-under-test';
          document.body.prepend(root);
          openHeader(root, { api, live: { subscribe: () => () => {} } });
        }
        """);
    Locator header = page.locator("#header-under-test");
    assertThat(header.getByTestId("visitor")).isVisible();
    Locator words = header.locator(".now-words");
    assertThat(words).hasText("Epoch 15 of 16 · 12 min 05 s left");
    assertThat(words.evaluate("words => words.scrollWidth <= words.clientWidth")).isEqualTo(true);
    assertThat(header.locator(".header-row").boundingBox().height).isLessThan(60);
  }

  @Test
  void aSweepSaysHowMuchTimeIsLeftOnceAJobSaysSo() {
    page.navigate(DASHBOARD.address());
    Object seconds =
        page.evaluate(
            """
            async () => {
              const { secondsLeft } = await import('/modules/sweep/time-left.js');
              const now = Date.parse('2026-01-01T01:00:00Z');
              const at = (seconds) => new Date(now + 1000 * seconds).toISOString();
              const job = (state, architecture, more) => ({ state, spec: { kind: 'train', architecture }, ...more });
              const queued = (architecture) => job('QUEUED', architecture);
              const running = (secondsLeft) => job('RUNNING', 'a', { startedAt: at(-40), progress: { secondsLeft } });
              const ended = (architecture, took) => job('SUCCEEDED', architecture, { startedAt: at(-took), endedAt: at(0) });
              return [
                [queued('a'), running(-1)],
                [queued('a'), running(20)],
                [queued('a'), queued('b'), running(-1), ended('a', 100), ended('b', 300)],
                [queued('a'), running(60), running(60)],
                [queued('c'), ended('a', 100), ended('b', 300)],
                [ended('a', 100), job('FAILED', 'a')],
                [queued('a'), ended('a', 5), ended('a', 100)],
                [{ ...queued('a'), spec: { kind: 'train', architecture: 'a', epochs: 100 } }, ended('a', 100), ended('a', 200)],
              ].map((jobs) => secondsLeft(jobs, now) ?? 'unknown');
            }
            """);
    // Of an own estimate, of those that ended, two at once, and of another network; one was
    // resumed; more epochs.
    assertThat((List<?>) seconds)
        .map(String::valueOf)
        .containsExactly("unknown", "80", "460", "110", "200", "unknown", "100", "150");
  }

  @Test
  void everyAnswerCountsUnlessTheQuestionChanged() {
    page.navigate(DASHBOARD.address());
    Object seen =
        page.evaluate(
            """
            async () => {
              const { loader } = await import('/modules/app/view.js');
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
    page.navigate(DASHBOARD.address());
    page.evaluate(
        """
        async () => {
          const { open } = await import('/modules/sweep/sweep-page.js');
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
          const api = {
            sweep: () => new Promise((resolve) => reads.push(resolve)),
            experiments: () => Promise.resolve({ experiments: [] }),
          };
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
  void oneFailureAmongThousandsIsSeen() {
    page.navigate(DASHBOARD.address());
    Object bar =
        page.evaluate(
            """
            async () => {
              const { render } = await import('/modules/lit-html/lit-html.js');
              const { sweepBar } = await import('/modules/sweep/sweep-bar.js');
              const root = document.createElement('div');
              render(sweepBar({ SUCCEEDED: 9998, FAILED: 1, QUEUED: 1 }), root);
              const number = (rect, name) => Number(rect.getAttribute(name));
              const ends = [];
              for (const rect of root.querySelectorAll('rect[data-state]')) {
                ends.push([number(rect, 'x'), number(rect, 'x') + number(rect, 'width')]);
              }
              const wide = ends.every(([from, to]) => to - from > 4);
              const apart = ends.every(([, to], i) => i + 1 === ends.length || to < ends[i + 1][0]);
              return [ends.length, wide, apart, Math.round(ends.at(-1)[1])];
            }
            """);
    assertThat(bar).isEqualTo(List.of(3, true, true, 1000));
  }

  /** Words may be said differently at any time: what the page does depends on codes. */
  @Test
  void whatIsSaidInWordsDecidesNothing() {
    page.navigate(DASHBOARD.address());
    Object shown =
        page.evaluate(
            """
            async () => {
              const { render } = await import('/modules/lit-html/lit-html.js');
              const { pauseAdvice, reasonWords } = await import('/modules/job/words.js');
              const { deviceList } = await import('/modules/device/device-list.js');
              const root = document.createElement('div');
              const gpu = (more) => ({ name: 'GPU', slots: 0, busy: 0, threads: 0, refusal: 'broken', ...more });
              const refusals = (device) => {
                render(deviceList([{ name: 'CPU', slots: 1, busy: 0, threads: 1, fallback: 'broken' }, device]), root);
                return root.querySelectorAll('[data-testid=device-refusal]').length;
              };
              return [
                pauseAdvice({ reason: 'anders gesagt', causeCode: 'rung-reached' }).includes('rung'),
                pauseAdvice({ reason: 'waits after epoch 3', lastEpoch: 3, causeCode: 'error' }).includes('rung'),
                reasonWords({ reason: 'anders gesagt', causeCode: 'paused' }),
                reasonWords({ reason: 'paused', causeCode: 'paused-after-run' }),
                refusals(gpu({})),
                refusals(gpu({ inFallback: true })),
              ];
            }
            """);
    assertThat(shown).isEqualTo(List.of(true, false, "", "paused", 1, 0));
  }
}
