/** The effective receptive field: how much each pixel influences a position of a feature map. */
package org.bagnetlab.vision.effectivefield;
