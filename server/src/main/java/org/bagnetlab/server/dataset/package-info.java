/** Browsing of data sets, and imports from uploads. */
package org.bagnetlab.server.dataset;
