package org.bagnetlab.server.cli.lab;

import java.net.http.HttpRequest;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow;
import java.util.function.LongConsumer;

/** A request body that reports how many of its bytes have been sent. */
final class CountedBody implements Flow.Subscriber<ByteBuffer> {

  private final Flow.Subscriber<? super ByteBuffer> receiver;
  private final LongConsumer sent;
  private long bytes;

  private CountedBody(Flow.Subscriber<? super ByteBuffer> receiver, LongConsumer sent) {
    this.receiver = receiver;
    this.sent = sent;
  }

  /** Wraps a body so that its sent bytes are counted. */
  static HttpRequest.BodyPublisher of(HttpRequest.BodyPublisher body, LongConsumer sent) {
    return HttpRequest.BodyPublishers.fromPublisher(
        receiver -> body.subscribe(new CountedBody(receiver, sent)), body.contentLength());
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    receiver.onSubscribe(subscription);
  }

  @Override
  public void onNext(ByteBuffer part) {
    bytes += part.remaining();
    sent.accept(bytes);
    receiver.onNext(part);
  }

  @Override
  public void onError(Throwable failure) {
    receiver.onError(failure);
  }

  @Override
  public void onComplete() {
    receiver.onComplete();
  }
}
