/** The list of runs with its columns, filters and pages, and the full report on a single run. */
package org.bagnetlab.server.results.list;
