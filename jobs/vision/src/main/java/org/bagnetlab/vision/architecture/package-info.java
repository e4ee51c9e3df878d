/**
 * Networks as data: graphs of a dozen node types, named as in their public PyTorch checkpoints, and
 * everything that follows from a graph alone: shapes, receptive fields, parameter and multiply-add
 * counts. Knows no engine.
 */
@NullMarked
package org.bagnetlab.vision.architecture;

import org.jspecify.annotations.NullMarked;
