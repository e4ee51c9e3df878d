/** Built-in data sets, whose images are drawn by code, so that the ground truth is known. */
package org.bagnetlab.vision.dataset.generated;
