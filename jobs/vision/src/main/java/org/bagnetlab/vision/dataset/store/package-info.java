/** The data sets of a server, both generated and imported, and their contents. */
package org.bagnetlab.vision.dataset.store;
