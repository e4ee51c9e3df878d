/**
 * Networks as data: graphs of a dozen node types, named as in their public PyTorch checkpoints, and
 * everything computed from a graph alone: shapes, receptive fields, parameter and multiply-add
 * counts. Independent of engines.
 */
package org.bagnetlab.vision.architecture;
