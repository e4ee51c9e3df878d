/** What a lab offers: networks, data sets, weights, and preset sweeps. */
package org.bagnetlab.server.catalogue;
