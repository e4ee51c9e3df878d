/** The data sets of a lab, generated and imported, and their contents. */
package org.bagnetlab.vision.dataset.store;
