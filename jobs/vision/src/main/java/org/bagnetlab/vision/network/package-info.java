/**
 * The interface between experiments and engines: a compiled network as used by training, evaluation
 * and heatmaps. It uses plain arrays, so that callers are independent of the engine.
 */
package org.bagnetlab.vision.network;
