package org.bagnetlab.server.http.route;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.bagnetlab.experiment.network.NetworkSpec;
import org.bagnetlab.experiment.output.MeasuredSet;
import org.bagnetlab.experiment.request.Excerpt;
import org.bagnetlab.experiment.train.TrainSpec;
import org.bagnetlab.queue.JobQueue;
import org.bagnetlab.queue.job.Job;
import org.bagnetlab.server.http.reply.Problem;
import org.bagnetlab.server.http.reply.Reply;
import org.bagnetlab.server.results.image.PredictionCsv;
import org.bagnetlab.server.results.image.PredictionFilter;
import org.bagnetlab.server.results.image.PredictionFilter.Order;
import org.bagnetlab.server.results.image.PredictionPage;
import org.bagnetlab.server.results.image.StoredPredictedImages.Images;
import org.bagnetlab.server.results.view.Results;

/** Serves the predictions of networks, image by image. */
record PredictionRoutes(JobQueue queue, Results results) {

  private static final String ALL = "all";

  private static final int MOST_OTHERS = 20;
  private static final int PAGE = 50;
  private static final int LARGEST_PAGE = 1000;

  /** Maximum lines of a file, and the default. */
  private static final int MOST_LINES = 1_000_000;

  void mount(Router api) {
    api.get("/runs/:id/predictions").handler(this::predictions);
  }

  private void predictions(RoutingContext request) {
    boolean csv = Reply.wantsCsv(request);
    int most = csv ? MOST_LINES : LARGEST_PAGE;
    PredictionFilter filter =
        new PredictionFilter(
            sets(request),
            RequestParameters.text(request, "image"),
            RequestParameters.text(request, "class"),
            RequestParameters.text(request, "predicted"),
            RequestParameters.flag(request, "right"),
            RequestParameters.runs(request, "alsoWrong", MOST_OTHERS).stream().distinct().toList(),
            order(request),
            RequestParameters.whole(request, "top", 5, 0, PredictionFilter.MOST_TOP),
            RequestParameters.whole(request, "limit", csv ? most : PAGE, 1, most),
            RequestParameters.whole(request, "offset", 0, 0, Integer.MAX_VALUE));
    Future<PredictionPage> found =
        queue
            .find(RequestParameters.id(request))
            .compose(
                job -> images(job).compose(images -> results.predictions(job.id(), images, filter)))
            .map(page -> ofKnownClasses(page, filter))
            .recover(PredictionRoutes::none);
    if (csv) {
      found
          .onSuccess(
              page -> Reply.csv(request, page.total(), PredictionCsv.of(page, filter.alsoWrong())))
          .onFailure(request::fail);
    } else {
      Reply.json(request, found);
    }
  }

  private static PredictionPage ofKnownClasses(PredictionPage page, PredictionFilter filter) {
    known("class", filter.label(), page.classes());
    known("predicted", filter.predicted(), page.classes());
    return page;
  }

  private static void known(String name, Optional<String> said, List<String> classes) {
    said.filter(label -> !classes.contains(label))
        .ifPresent(
            label -> {
              throw RequestParameters.invalid(
                  name,
                  "The run has no class '%s'. Known: %s."
                      .formatted(Excerpt.of(label), Excerpt.of(String.join(", ", classes))));
            });
  }

  /** The images that a job evaluated its network on. */
  private Future<Images> images(Job job) {
    if (job.spec() instanceof TrainSpec training) {
      return Future.succeededFuture(new Images(training.dataset(), Optional.of(job.id())));
    }
    if (job.spec() instanceof NetworkSpec measured) {
      Optional<Images> others = measured.dataset().map(name -> new Images(name, Optional.empty()));
      if (measured.run().isPresent()) {
        return queue
            .find(measured.run().get())
            .compose(this::images)
            .map(own -> others.filter(named -> !named.dataset().equals(own.dataset())).orElse(own))
            .recover(
                failure ->
                    others.map(Future::succeededFuture).orElse(Future.failedFuture(failure)));
      }
      if (others.isPresent()) {
        return Future.succeededFuture(others.get());
      }
    }
    return Future.failedFuture(
        new NoSuchElementException("Job %d stored no predictions.".formatted(job.id())));
  }

  private static <T> Future<T> none(Throwable failure) {
    return Future.failedFuture(
        failure instanceof NoSuchElementException
            ? Problem.missing(
                "predictions-not-found", "No predictions", String.valueOf(failure.getMessage()))
            : failure);
  }

  private static List<MeasuredSet> sets(RoutingContext request) {
    List<String> known =
        Stream.concat(PredictionFilter.SETS.stream().map(MeasuredSet::text), Stream.of(ALL))
            .toList();
    String said = RequestParameters.choice(request, "set", known).orElse(MeasuredSet.TEST.text());
    return PredictionFilter.SETS.stream()
        .filter(set -> said.equals(ALL) || said.equals(set.text()))
        .toList();
  }

  private static Order order(RoutingContext request) {
    List<String> known =
        Stream.of(Order.values()).map(order -> order.name().toLowerCase(Locale.ROOT)).toList();
    return RequestParameters.choice(request, "order", known)
        .map(said -> Order.valueOf(said.toUpperCase(Locale.ROOT)))
        .orElse(Order.CONFIDENCE);
  }
}
