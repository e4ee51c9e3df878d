/** Measures networks while the most important parts of images are masked. */
package org.bagnetlab.experiment.spatialsensitivity;
