/**
 * Networks as data: graphs of a dozen node types, with names as in the public PyTorch checkpoints,
 * and everything that can be computed from a graph alone, such as shapes, receptive fields, and
 * parameter and multiply-add counts. This package does not depend on any engine.
 */
package org.bagnetlab.vision.architecture;
