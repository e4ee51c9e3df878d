/**
 * Bundles of runs: what a lab writes of its runs for a citable publication, and what another lab
 * imports from it.
 */
package org.bagnetlab.server.bundle;
