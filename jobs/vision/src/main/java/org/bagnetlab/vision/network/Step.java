package org.bagnetlab.vision.network;

/**
 * What a training step saw. A GPU may still be computing it: whoever asks for its numbers waits for
 * the device, which has nothing to do meanwhile.
 */
public interface Step {

  /** Whether the numbers are known, so that nobody has to wait for them. */
  boolean computed();

  /** Mean cross-entropy of the batch in nats. */
  double loss();

  /** Images whose largest logit was their class's. */
  int correct();

  /** A step that an engine returns when it has computed it. */
  record Computed(double loss, int correct) implements Step {

    @Override
    public boolean computed() {
      return true;
    }
  }
}
