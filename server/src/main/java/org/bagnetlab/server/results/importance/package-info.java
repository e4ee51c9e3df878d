/** Which settings of a sweep's trainings matter, measured with forests of regression trees. */
package org.bagnetlab.server.results.importance;
