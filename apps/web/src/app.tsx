/** Every page and its path. Pages are loaded when they are first visited. */
import { lazy } from 'react';
import { Route, Routes } from 'react-router';
import { Home } from './home/home.tsx';
import { Layout } from './shell/layout.tsx';
import { NotFound, NowSignedIn } from './shell/plain-pages.tsx';

const Contracts = lazy(() => import('./contracts/contracts-page.tsx'));
const Contract = lazy(() => import('./contracts/contract-page.tsx'));
const Checklist = lazy(() => import('./checklist/checklist-page.tsx'));
const Notes = lazy(() => import('./notes/notes-page.tsx'));
const NoteForm = lazy(() => import('./notes/note-page.tsx'));
const Compare = lazy(() => import('./notes/compare-page.tsx'));
const Listings = lazy(() => import('./listings/listings-page.tsx'));
const Listing = lazy(() => import('./listings/listing-page.tsx'));
const ListingForm = lazy(() => import('./listings/new-listing-page.tsx'));

export function App() {
  return (
    <Routes>
      <Route element={<Layout />}>
        <Route index element={<Home />} />
        <Route path="contracts" element={<Contracts />} />
        <Route path="contracts/:id" element={<Contract />} />
        <Route path="checklist" element={<Checklist />} />
        <Route path="notes" element={<Notes />} />
        <Route path="notes/new" element={<NoteForm />} />
        <Route path="notes/compare" element={<Compare />} />
        <Route path="notes/:id" element={<NoteForm />} />
        <Route path="listings" element={<Listings />} />
        <Route path="listings/new" element={<ListingForm />} />
        <Route path="listings/:id" element={<Listing />} />
        <Route path="signed-in" element={<NowSignedIn />} />
        <Route path="*" element={<NotFound />} />
      </Route>
    </Routes>
  );
}
